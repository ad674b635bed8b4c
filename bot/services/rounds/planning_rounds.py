"""A lead starts a round, or calls one off; the rest of planning them is by the calendar (2.3).

Everything that changes a programme's rounds holds the programme.
"""

from datetime import date, datetime

from sqlmodel import select

from bot.domain.errors import RuleBroken
from bot.domain.hours import DAY, zone_or_utc
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.services.access import access_programme
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.programmes.cadences import moment_of, one_working_day_on
from bot.services.programmes.views_programmes import RoundView
from bot.services.rounds import round_notices
from bot.services.rounds.round_calendar import (
    announce,
    cancel_announcements,
    ensure_planned,
    plan_anew,
    plan_next,
    tell_everyone,
)
from bot.services.rounds.round_making import (
    NOT_APPROVED,
    call_off,
    call_off_rounds,
    dates_taken,
    make_round,
    open_rounds,
    touch_cards,
    touch_notices,
)
from bot.services.rounds.round_notices import enrolled_people, plan_notices, reply
from bot.services.rounds.round_views import round_view, view_of
from bot.store.tables import Job, Person, Programme, Round
from bot.store.work import Work

__all__ = [
    "announce",
    "call_off_rounds",
    "cancel_announcements",
    "cancel_round",
    "ensure_planned",
    "plan_anew",
    "plan_next",
    "reply",
    "round_view",
    "start_round",
    "tell_everyone",
]

FEWEST = 2  # people without whom there is no pair


async def start_round(
    ctx: Context, *, actor_id: int, programme_id: int, now: bool = False, receipt: str | None = None
) -> RoundView:
    """A lead wants a round: announced at once, it runs in one working day, or with `now` at once.

    With `now`, a round that is announced runs at once. Raises RuleBroken "not_a_lead",
    "channel_archived", "round_under_way" (`runs_at`, `state`), "too_few_people" (`limit`).
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await work.session.get_one(Person, actor_id)
        programme = await access_programme(work, actor, programme_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        row = next(iter(await open_rounds(work, programme, NOT_APPROVED)), None)
        if row is not None:
            if not now or row.state is not RoundState.ANNOUNCED:
                raise RuleBroken("round_under_way", runs_at=row.runs_at, state=row.state.value)
            await _run_at_once(ctx, work, row)
        else:
            most = round_notices.IN_ONE_GO
            people = await enrolled_people(work, programme.id, most=most)
            if len(people) < FEWEST:
                raise RuleBroken("too_few_people", limit=FEWEST)
            moment = ctx.now() if now else one_working_day_on(programme, ctx.now())
            due_on = await _free_date(work, programme, moment)
            row = await make_round(ctx, work, programme, due_on, moment)
            await plan_notices(ctx, work, row, people)
            if len(people) == most:
                await _tell_the_others(ctx, work, programme, row)
        await work.commit()
        return await view_of(ctx, work.session, row, actor_id)


async def _tell_the_others(ctx: Context, work: Work, programme: Programme, row: Round) -> None:
    """Thousands are not told while a lead waits for the answer to a click."""
    await work.plan(
        job(
            JobKind.ROUND_ANNOUNCE,
            f"round:{row.id}:tell",
            now=ctx.now(),
            workspace_id=programme.workspace_id,
            programme_id=programme.id,
            round_id=row.id,
        )
    )


async def cancel_round(ctx: Context, *, actor_id: int, round_id: int) -> RoundView:
    """A lead leaves a round out; everyone who heard of it is told, and the next one is planned.

    Raises RuleBroken "not_a_lead"; NotAllowed "round_approved" or "round_over" when it is too late.
    """
    async with ctx.db.work() as work:
        actor = await work.session.get_one(Person, actor_id)
        seen = await work.session.get(Round, round_id)
        if seen is None:
            raise RuleBroken("not_yours")
        programme = await access_programme(work, actor, seen.programme_id)
        row = await work.lock(Round, round_id)
        assert row is not None
        await call_off(ctx, work, row)
        await plan_next(ctx, work, programme)
        await work.commit()
        return await view_of(ctx, work.session, row, actor_id)


async def _run_at_once(ctx: Context, work: Work, row: Round) -> None:
    """An announced round need not wait for its hour: notices that were not said are not."""
    row.runs_at = ctx.now()
    await work.cancel_unsaid(
        Job.round_id == row.id, Job.kind == JobKind.ROUND_NOTICE, reason="runs_at_once"
    )
    statement = select(Job).where(
        Job.round_id == row.id, Job.kind == JobKind.ROUND_RUN, Job.state == JobState.PENDING
    )
    for waiting in (await work.session.execute(statement)).scalars():
        waiting.due_at = ctx.now()
    await touch_cards(work, row.id, ctx.now())
    await touch_notices(work, row.id, ctx.now())


async def _free_date(work: Work, programme: Programme, moment: datetime) -> date:
    """A name for a round outside of the cadence: its day, or the next that is nobody's name."""
    day = moment.astimezone(zone_or_utc(programme.zone)).date()
    while moment_of(programme, day) or day in await dates_taken(work, programme, [day]):
        day += DAY
    return day
