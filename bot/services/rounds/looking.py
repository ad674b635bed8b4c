"""What leads look at before they decide; nobody else is shown it."""

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.services.access import access_programme, active_person
from bot.services.context import Context
from bot.services.programmes.programmes_choosing import led_views
from bot.services.programmes.views_programmes import LedView, PairView, ReviewView
from bot.services.rounds.reviewing import pairs_page, review, turn_page
from bot.services.rounds.reviewing_pages import pair_views
from bot.services.rounds.round_states import access_round, round_key
from bot.store.tables import Job, Person, RoundPair
from bot.store.work import Work


async def led_view(ctx: Context, *, actor_id: int, programme_id: int) -> LedView:
    """A programme as its leads see it; RuleBroken "not_a_lead" for anybody else."""
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        row = await access_programme(work, actor, programme_id)
        (view,) = await led_views(ctx, work.session, [row])
        return view


async def review_for(ctx: Context, *, actor_id: int, round_id: int) -> ReviewView:
    """A round's plan in numbers, for a lead; RuleBroken "not_a_lead"."""
    async with ctx.db.work() as work:
        await access_round(work, actor_id, round_id)
    return await review(ctx, round_id=round_id)


async def pair_for(ctx: Context, *, actor_id: int, pair_id: int) -> PairView:
    """One pair of a plan, for a lead; RuleBroken "plan_changed" when it is there no more."""
    async with ctx.db.work() as work:
        row = await work.session.get(RoundPair, pair_id)
        if row is None:
            raise RuleBroken("plan_changed")
        await access_round(work, actor_id, row.round_id)
        (view,) = await pair_views(ctx, work.session, [row])
        return view


async def find_in_round(
    ctx: Context, *, actor_id: int, round_id: int, slack_id: str | None
) -> None:
    """Show the pairs of one person in the thread of a round's card; of all for None.

    Raises RuleBroken "not_a_lead", "no_plan" before there is one, and "not_in_plan".
    """
    async with ctx.db.work() as work:
        _, _, actor = await access_round(work, actor_id, round_id)
        key = col(Job.dedupe_key) == round_key(round_id, "pairs")
        job_id = (await work.session.execute(select(Job.id).where(key))).scalar_one_or_none()
        if job_id is None:
            raise RuleBroken("no_plan")
        note = "page:1" if slack_id is None else await _note_of(work, actor, slack_id)
    if slack_id and not (await pairs_page(ctx, round_id=round_id, note=note)).pairs:
        raise RuleBroken("not_in_plan")
    await turn_page(ctx, actor_id=actor_id, job_id=job_id, note=note)


async def _note_of(work: Work, actor: Person, slack_id: str) -> str:
    """Whoever is in a plan has been met."""
    statement = select(Person.id).where(
        Person.workspace_id == actor.workspace_id, Person.slack_id == slack_id
    )
    person_id = (await work.session.execute(statement)).scalar_one_or_none()
    if person_id is None:
        raise RuleBroken("not_in_plan")
    return f"person:{person_id}"
