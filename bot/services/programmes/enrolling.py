"""Joining a programme, changing what one said there, and leaving it (2.2)."""

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import JobState
from bot.services.access import active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.leaving import pass_on_offers
from bot.services.programmes.enrol_form import EnrolForm, checked_roles, describe, take_hours
from bot.services.programmes.enrolling_reading import enrolment, programmes_of
from bot.services.programmes.views_programmes import EnrolmentView
from bot.services.requests.routing import try_waiting
from bot.services.rounds.round_notices import bring_into_round
from bot.store.tables import Enrolment, Job, Person, Programme, Round
from bot.store.work import Work

__all__ = ["EnrolForm", "enrol", "enrolment", "leave", "programmes_of"]


async def enrol(
    ctx: Context,
    *,
    actor_id: int,
    programme_id: int,
    form: EnrolForm,
    receipt: str | None = None,
) -> EnrolmentView:
    """Join a programme, or change what one said there; a role that is not named any more ends.

    Who joins hears of a round that was announced, and comes late to one that was planned. Raises
    RuleBroken at the field: "no_choice" (roles), "capacity", "too_long", "unknown_choice",
    "too_many_choices" (`limit`), "own_manager" (manager), "apart_self" (apart); "channel_archived",
    "not_yours"; "bot", "guest" or "deactivated". AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await active_person(work, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await _joinable(work, person, programme_id)
        wanted = checked_roles(ctx, form, programme)
        rows = await _rows(work, programme.id, person.id)
        is_new = not any(row.ended_at is None for row in rows.values())
        joined = await _take_roles(ctx, work, programme, person, rows, wanted)
        await describe(ctx, work, person, form)
        if is_new:
            take_hours(person, programme, form)
        await _card(ctx, work, programme, person, "joined" if is_new else "changed")
        if joined:
            await bring_into_round(ctx, work, programme, person)
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()
    return await enrolment(ctx, person_id=actor_id, programme_id=programme_id)


async def leave(
    ctx: Context, *, actor_id: int, programme_id: int, receipt: str | None = None
) -> None:
    """Leave a programme: nobody new is sent, what is agreed stays agreed.

    Offers that wait for an answer move on. Raises RuleBroken "not_enrolled".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await work.session.get_one(Person, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await work.lock(Programme, programme_id)
        rows = await _rows(work, programme_id, actor_id)
        live = [row for row in rows.values() if row.ended_at is None]
        if programme is None or not live:
            raise RuleBroken("not_enrolled")
        for row in live:
            row.ended_at = ctx.now()
        await pass_on_offers(ctx, work, person, programme_id=programme_id)
        await _forget_notices(ctx, work, programme, person)
        await _card(ctx, work, programme, person, "left")
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()


async def _joinable(work: Work, person: Person, programme_id: int) -> Programme:
    row = await work.lock(Programme, programme_id)
    if row is None or row.workspace_id != person.workspace_id:
        raise RuleBroken("not_yours")
    if row.archived_at is not None:
        raise RuleBroken("channel_archived")
    return row


async def _rows(work: Work, programme_id: int, person_id: int) -> dict[Role, Enrolment]:
    statement = select(Enrolment).where(
        Enrolment.programme_id == programme_id, Enrolment.person_id == person_id
    )
    return {row.role: row for row in (await work.session.execute(statement)).scalars()}


async def _take_roles(
    ctx: Context,
    work: Work,
    programme: Programme,
    person: Person,
    rows: dict[Role, Enrolment],
    wanted: dict[Role, dict[str, object]],
) -> bool:
    """Write a row for each role wanted, end the others; whether a role is new to them."""
    joined = False
    for role, values in wanted.items():
        row = rows.get(role)
        if row is None:
            row = Enrolment(
                programme_id=programme.id, person_id=person.id, role=role, created_at=ctx.now()
            )
        if row.id is None or row.ended_at is not None:
            joined, row.waiting = True, 0
        for name, value in values.items():
            setattr(row, name, value)
        await work.add(row)
    for role, row in rows.items():
        if role not in wanted and row.ended_at is None:
            row.ended_at = ctx.now()
            if role is Role.MENTOR:
                await work.session.flush()
                await pass_on_offers(ctx, work, person, programme_id=programme.id)
    return joined


async def _forget_notices(ctx: Context, work: Work, programme: Programme, person: Person) -> None:
    """No round is announced to who left; what stands in their DM has no buttons any more."""
    rounds = select(Round.id).where(Round.programme_id == programme.id)
    notices = (
        Job.recipient_id == person.id,
        Job.kind == JobKind.ROUND_NOTICE,
        col(Job.round_id).in_(rounds),
    )
    await work.cancel_unsaid(*notices, reason="left")
    await work.touch(*notices, now=ctx.now())


async def _card(ctx: Context, work: Work, programme: Programme, person: Person, note: str) -> None:
    """How things stand now; earlier cards of this programme are put right where they are.

    One that waits to be said, or stands as the last word in their DM, is enough.
    """
    cards = (
        Job.recipient_id == person.id,
        Job.kind == JobKind.ENROLMENT_CARD,
        Job.programme_id == programme.id,
    )
    await work.touch(*cards, now=ctx.now())
    if await _says_it_already(work, programme, person):
        return
    # Real time, so that two changes under a clock that stands still are two answers.
    stamp = ctx.clock.wall().timestamp()
    await work.plan(
        job_to(
            person,
            JobKind.ENROLMENT_CARD,
            f"enrolment:{programme.id}:{person.id}:card:{stamp}",
            now=ctx.now(),
            note=note,
            programme_id=programme.id,
        )
    )


async def _says_it_already(work: Work, programme: Programme, person: Person) -> bool:
    """Whether a card is on its way, or nothing came after it. A list's card tells of the list."""
    theirs = col(Job.recipient_id) == person.id
    ours = select(Job.id).where(
        theirs,
        Job.kind == JobKind.ENROLMENT_CARD,
        Job.programme_id == programme.id,
        col(Job.import_id).is_(None),
    )
    waits = ours.where(Job.state == JobState.PENDING, col(Job.slack_ts).is_(None)).limit(1)
    if (await work.session.execute(waits)).first() is not None:
        return True
    last = (
        select(Job.id)
        .where(theirs, col(Job.slack_ts).is_not(None))
        .order_by(col(Job.said_at).desc(), col(Job.id).desc())
        .limit(1)
    )
    is_last = ours.where(Job.id == last.scalar_subquery())
    return (await work.session.execute(is_last)).first() is not None
