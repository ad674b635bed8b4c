"""Rounds by the calendar: planned as an announcement, announced, and planned anew (2.3).

A round is a job before it is a row: its announcement, which makes it.
"""

from datetime import date, datetime

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Every
from bot.domain.states import JobState, RoundState
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.programmes.cadences import LATE, coming, moment_of, notice_at, one_working_day_on
from bot.services.rounds.round_making import call_off, dates_taken, make_round, open_rounds
from bot.services.rounds.round_notices import tell_some
from bot.store.tables import Job, Programme, Round
from bot.store.work import Work

LOOKED_AHEAD = 6  # dates of the cadence; a lead may have called off the nearest


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
    for row in await open_rounds(work, programme, [RoundState.ANNOUNCED]):
        by_cadence = row.part == 0 and await _announcements(work, programme, row.due_on)
        if by_cadence and moment_of(programme, row.due_on) is None:
            await call_off(ctx, work, row)
    await plan_next(ctx, work, programme)


async def announce(ctx: Context, *, programme_id: int, due_on: date) -> None:
    """A round comes: make it, and let everyone enrolled and the leads know.

    Called again after a crash it goes on where it was. Quiet when the cadence has no such date any
    more. Announced late, it runs later too: people have a working day to say whether they take
    part.
    """
    round_id = await _make_once(ctx, programme_id, due_on)
    if round_id is not None:
        await tell_everyone(ctx, round_id=round_id)


async def tell_everyone(ctx: Context, *, round_id: int) -> None:
    """Plan the notices of a round that is announced, for whoever has none yet."""
    after: int | None = 0
    while after is not None:
        after = await tell_some(ctx, round_id=round_id, after=after)


async def _make_once(ctx: Context, programme_id: int, due_on: date) -> int | None:
    """The round of that date, made now unless it was made before; None when there is to be none."""
    async with ctx.db.work() as work:
        programme = await work.lock(Programme, programme_id)
        if programme is None or programme.archived_at is not None:
            return None
        made = select(Round.id).where(
            Round.programme_id == programme_id, Round.due_on == due_on, Round.part == 0
        )
        before = (await work.session.execute(made)).scalar_one_or_none()
        runs_at = moment_of(programme, due_on)
        if before is not None or runs_at is None:
            return before
        if ctx.now() > notice_at(programme, runs_at) + LATE:
            runs_at = max(runs_at, one_working_day_on(programme, ctx.now()))
        row = await make_round(ctx, work, programme, due_on, runs_at)
        await work.commit()
        return row.id


async def ensure_planned(ctx: Context) -> None:
    """Plan what is missing: the next round of every programme that has none to come."""
    announced = select(Round.programme_id).where(
        Round.state == RoundState.ANNOUNCED, Round.part == 0
    )
    waiting = select(Job.programme_id).where(
        Job.kind == JobKind.ROUND_ANNOUNCE,
        Job.state == JobState.PENDING,
        col(Job.round_id).is_(None),
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
        col(Job.round_id).is_(None),  # a round that is there is told of to the end
        ~col(Job.dedupe_key).endswith(but, autoescape=True),
        reason=reason,
    )


async def _next_round(
    ctx: Context, work: Work, programme: Programme
) -> tuple[date, datetime] | None:
    if programme.archived_at is not None:
        return None
    upcoming = coming(programme, ctx.now(), LOOKED_AHEAD)
    taken = await dates_taken(work, programme, [day for day, _ in upcoming])
    return next((each for each in upcoming if each[0] not in taken), None)


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
