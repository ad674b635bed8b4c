"""Before a round: everyone who takes part, as Slack lists them now."""

from collections.abc import Iterable

from sqlmodel import col, select

from bot.services import people
from bot.services.context import Context
from bot.services.people import Profile
from bot.store.tables import Enrolment, Person, Programme, Workspace

IN_ONE_GO = 200  # people whose rows are written in one transaction


async def refresh_enrolled(ctx: Context, *, programme_id: int, profiles: Iterable[Profile]) -> int:
    """Take over what Slack lists of those enrolled in a programme, and return how many they are.

    Of others nothing is kept. Whoever left, or may not take part any more, leaves their matters.
    """
    async with ctx.db.read() as session:
        programme = await session.get_one(Programme, programme_id)
        team_id = (await session.get_one(Workspace, programme.workspace_id)).slack_team_id
        statement = (
            select(Person.slack_id, Person.id)
            .join(Enrolment, col(Enrolment.person_id) == Person.id)
            .where(
                Enrolment.programme_id == programme_id,
                col(Enrolment.ended_at).is_(None),
                col(Person.is_deleted).is_(False),
            )
        )
        enrolled = {row[0]: row[1] for row in await session.execute(statement)}
    listed = {each.slack_id: each for each in profiles if each.slack_id in enrolled}
    for profile in listed.values():
        if _is_barred(profile):
            whose = profile.model_copy(update={"team_id": team_id})
            await people.refresh(ctx, profile=whose)
    staying = [each for each in listed.values() if not _is_barred(each)]
    for start in range(0, len(staying), IN_ONE_GO):
        some = {enrolled[each.slack_id]: each for each in staying[start : start + IN_ONE_GO]}
        await _take_over(ctx, some)
    return len(listed)


def _is_barred(profile: Profile) -> bool:
    return profile.is_deleted or profile.is_guest or profile.is_stranger


async def _take_over(ctx: Context, profiles: dict[int, Profile]) -> None:
    wall = ctx.clock.wall()
    async with ctx.db.work() as work:
        statement = (
            select(Person)
            .where(col(Person.id).in_(list(profiles)), col(Person.forgotten_at).is_(None))
            .order_by(
                col(Person.id)
            )  # the same order everywhere: two of these never wait in a ring
            .with_for_update(key_share=True)
        )
        for row in (await work.session.scalars(statement)).all():
            people.copy_profile(profiles[row.id], row, wall)
        await work.commit()
