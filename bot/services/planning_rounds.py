"""Rounds by the calendar, or at a lead's wish: announced, started, answered, called off (2.3).

A round is a job before it is a row: its announcement, which makes it. Everything here that changes
a programme's rounds holds the programme.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.hours import DAY, zone_or_utc
from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Every
from bot.domain.states import JobState, RoundState, advance
from bot.services.access import access_programme
from bot.services.cadences import LATE, coming, moment_of, notice_at, one_working_day_on
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.round_notices import enrolled_people, plan_notices, reply
from bot.services.round_views import round_view, view_of
from bot.services.views_programmes import RoundView
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
]

LOOKED_AHEAD = 6  # dates of the cadence; a lead may have called off the nearest
SHOWS_A_ROUND = (
    JobKind.ROUND_NOTICE,
    JobKind.ROUND_REVIEW,
    JobKind.ROUND_PAIRS,
    JobKind.ROUND_LEFT,
)
NOT_APPROVED = (RoundState.ANNOUNCED, RoundState.RUNNING, RoundState.PLANNED)
FEWEST = 2  # people without whom there is no pair


async def plan_next(ctx: Context, work: Work, programme: Programme) -> None:
    """Plan the announcement of the next round that was neither announced nor called off.

    Nothing for a programme whose channel is archived, or that matches on request only. One that
    waits already is put to its present hour.
    """
    await work.session.flush()
    upcoming = await _next_round(ctx, work, programme)
    if upcoming is None:
        return
    due_on, runs_at = upcoming
    due_at = notice_at(programme, runs_at)
    known = await _announcements(work, programme, due_on)
    waiting = next((each for each in known if each.state is JobState.PENDING), None)
    if waiting is not None:
        waiting.due_at = due_at
        return
    # The same date once more: the cadence went away from it, and came back.
    again = f"{len(known) + 1}:" if known else ""
    await work.plan(
        job(
            JobKind.ROUND_ANNOUNCE,
            f"programme:{programme.id}:announce:{again}{due_on.isoformat()}",
            now=ctx.now(),
            workspace_id=programme.workspace_id,
            due_at=due_at,
            programme_id=programme.id,
        )
    )


async def plan_anew(ctx: Context, work: Work, programme: Programme) -> None:
    """After an edit: announcements of the old cadence fall away, the next one is planned.

    A round that was announced keeps its day, unless the cadence has it no more; one that a lead
    started stays.
    """
    if programme.archived_at is not None:
        return
    await work.session.flush()
    upcoming = await _next_round(ctx, work, programme)
    keep = f":{upcoming[0].isoformat()}" if upcoming else ":nothing"
    await cancel_announcements(work, programme, reason="replanned", but=keep)
    for row in await _open_rounds(work, programme, [RoundState.ANNOUNCED]):
        by_cadence = row.part == 0 and await _announcements(work, programme, row.due_on)
        if by_cadence and moment_of(programme, row.due_on) is None:
            await _call_off(ctx, work, row)
    await plan_next(ctx, work, programme)


async def announce(ctx: Context, *, programme_id: int, due_on: date) -> None:
    """A round comes: make it, and let everyone enrolled and the leads know.

    Quiet when it was made before, and when the cadence has no such date any more. Announced late,
    it runs later too: people have a working day to say whether they take part.
    """
    async with ctx.db.work() as work:
        programme = await work.lock(Programme, programme_id)
        if programme is None or programme.archived_at is not None:
            return
        runs_at = moment_of(programme, due_on)
        if runs_at is None or due_on in await _dates_taken(work, programme, [due_on]):
            return
        if ctx.now() > notice_at(programme, runs_at) + LATE:
            runs_at = max(runs_at, one_working_day_on(programme, ctx.now()))
        await _make(ctx, work, programme, due_on, runs_at)
        await work.commit()


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
        row = next(iter(await _open_rounds(work, programme, NOT_APPROVED)), None)
        if row is not None:
            if not now or row.state is not RoundState.ANNOUNCED:
                raise RuleBroken("round_under_way", runs_at=row.runs_at, state=row.state.value)
            await _run_at_once(ctx, work, programme, row)
        else:
            if len(await enrolled_people(work, programme.id)) < FEWEST:
                raise RuleBroken("too_few_people", limit=FEWEST)
            moment = ctx.now() if now else one_working_day_on(programme, ctx.now())
            due_on = await _free_date(ctx, work, programme, moment)
            row = await _make(ctx, work, programme, due_on, moment)
        await work.commit()
        return await view_of(ctx, work.session, row, actor_id)


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
        await _call_off(ctx, work, row)
        await plan_next(ctx, work, programme)
        await work.commit()
        return await view_of(ctx, work.session, row, actor_id)


async def ensure_planned(ctx: Context) -> None:
    """Plan what is missing: the next round of every programme that has none to come."""
    announced = select(Round.programme_id).where(
        Round.state == RoundState.ANNOUNCED, Round.part == 0
    )
    waiting = select(Job.programme_id).where(
        Job.kind == JobKind.ROUND_ANNOUNCE, Job.state == JobState.PENDING
    )
    statement = select(Programme.id).where(
        Programme.every != Every.NONE,
        col(Programme.archived_at).is_(None),
        col(Programme.id).not_in(announced),
        col(Programme.id).not_in(waiting),
    )
    async with ctx.db.read() as session:
        missing = list((await session.execute(statement)).scalars())
    for programme_id in missing:
        async with ctx.db.work() as work:
            programme = await work.lock(Programme, programme_id)
            if programme is not None:
                await plan_next(ctx, work, programme)
                await work.commit()


async def cancel_announcements(
    work: Work, programme: Programme, *, reason: str, but: str = ":nothing"
) -> None:
    """Drop the announcements that wait, all but the one whose key ends in `but`."""
    await work.cancel_unsaid(
        Job.kind == JobKind.ROUND_ANNOUNCE,
        Job.programme_id == programme.id,
        ~col(Job.dedupe_key).endswith(but, autoescape=True),
        reason=reason,
    )


async def call_off_rounds(ctx: Context, work: Work, programme: Programme) -> None:
    """Call off every round of the programme that nobody said yes to."""
    for row in await _open_rounds(work, programme, NOT_APPROVED):
        await _call_off(ctx, work, row)


async def _call_off(ctx: Context, work: Work, row: Round) -> None:
    row.state = advance(row.state, "cancel")
    await work.cancel_unsaid(Job.round_id == row.id, reason="round_cancelled")
    await work.touch(Job.round_id == row.id, col(Job.kind).in_(SHOWS_A_ROUND), now=ctx.now())


async def _make(
    ctx: Context, work: Work, programme: Programme, due_on: date, runs_at: datetime
) -> Round:
    """The round itself, with its notices, the leads' card and the hour at which it runs."""
    now = ctx.now()
    counted = select(func.max(Round.number)).where(Round.programme_id == programme.id)
    row = await work.add(
        Round(
            programme_id=programme.id,
            due_on=due_on,
            number=((await work.session.execute(counted)).scalar_one() or 0) + 1,
            runs_at=runs_at,
            state=RoundState.ANNOUNCED,
            seed=ctx.chance.getrandbits(31),
            made_at=now,
        )
    )
    await plan_notices(ctx, work, row, await enrolled_people(work, programme.id))
    for kind, what, due_at in (
        (JobKind.ROUND_REVIEW, "review", now),
        (JobKind.ROUND_RUN, "run", runs_at),
    ):
        await work.plan(
            job(
                kind,
                f"round:{row.id}:{what}",
                now=now,
                workspace_id=programme.workspace_id,
                due_at=due_at,
                programme_id=programme.id,
                round_id=row.id,
            )
        )
    return row


async def _run_at_once(ctx: Context, work: Work, programme: Programme, row: Round) -> None:
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
    await work.touch(Job.round_id == row.id, col(Job.kind).in_(SHOWS_A_ROUND), now=ctx.now())


async def _next_round(
    ctx: Context, work: Work, programme: Programme
) -> tuple[date, datetime] | None:
    if programme.archived_at is not None:
        return None
    upcoming = coming(programme, ctx.now(), LOOKED_AHEAD)
    taken = await _dates_taken(work, programme, [day for day, _ in upcoming])
    return next((each for each in upcoming if each[0] not in taken), None)


async def _dates_taken(work: Work, programme: Programme, days: Iterable[date]) -> set[date]:
    statement = select(col(Round.due_on)).where(
        Round.programme_id == programme.id, Round.part == 0, col(Round.due_on).in_(list(days))
    )
    return set((await work.session.execute(statement)).scalars())


async def _free_date(ctx: Context, work: Work, programme: Programme, moment: datetime) -> date:
    """A name for a round outside of the cadence: its day, or the next that is nobody's name."""
    day = moment.astimezone(zone_or_utc(programme.zone)).date()
    while moment_of(programme, day) or day in await _dates_taken(work, programme, [day]):
        day += DAY
    return day


async def _announcements(work: Work, programme: Programme, due_on: date) -> list[Job]:
    """Everything planned so far to announce the round of that date."""
    statement = (
        select(Job)
        .where(
            Job.kind == JobKind.ROUND_ANNOUNCE,
            Job.programme_id == programme.id,
            col(Job.dedupe_key).endswith(f":{due_on.isoformat()}", autoescape=True),
        )
        .order_by(col(Job.id))
    )
    return list((await work.session.execute(statement)).scalars())


async def _open_rounds(
    work: Work, programme: Programme, states: Iterable[RoundState]
) -> list[Round]:
    """The programme's rounds in these states, held for a change, the latest first."""
    statement = (
        select(Round)
        .where(Round.programme_id == programme.id, col(Round.state).in_(list(states)))
        .order_by(col(Round.id).desc())
        .with_for_update(key_share=True)
    )
    return list((await work.session.execute(statement)).scalars())
