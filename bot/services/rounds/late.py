"""Who joined too late for a round is matched with those it left over (2.6)."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Shape
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.rounds.gathering import Gathered, gather_for
from bot.services.rounds.round_states import round_key
from bot.services.rounds.running import write_plan
from bot.services.rounds.solving import solve
from bot.store.tables import Programme, Round
from bot.store.work import Work

Parts = tuple[tuple[int, RoundState, int], ...]

LOOK_AGAIN = timedelta(hours=1)
IN_THE_MAKING = (RoundState.ANNOUNCED, RoundState.RUNNING)


async def late_round(ctx: Context, *, round_id: int) -> None:
    """Make another part of a round, of everybody who has no partner in it yet.

    Nobody hears of it unless it finds at least one pair. Quiet for a group flash, which has its
    hour; for a round that was cancelled; and once the next one is announced. A round whose plan is
    in the making, in any of its parts, or was changed meanwhile is looked at again in an hour.
    """
    found = await _look(ctx, round_id)
    if found is None:
        return
    row, parts, gathered = found
    solution = await asyncio.to_thread(solve, gathered)
    if not solution.pairs:
        return
    async with ctx.db.work() as work:
        programme = await work.lock(Programme, row.programme_id)  # leads change no plan meanwhile
        first = await work.lock(Round, round_id)
        assert programme is not None
        assert first is not None
        if programme.archived_at is not None or await _is_followed(work.session, first):
            return
        if await _parts(work.session, first) != parts:  # somebody may have found a partner there
            await _look_again(ctx, work, first)
            await work.commit()
            return
        await work.add(row)
        await write_plan(ctx, work, row, programme, solution)
        await work.commit()


async def _look(ctx: Context, round_id: int) -> tuple[Round, Parts, Gathered] | None:
    """The part that would be made, those there are, and who would be in it; None when it is not
    the time."""
    async with ctx.db.read() as session:
        first = await session.get(Round, round_id)
        if first is None or first.state is RoundState.CANCELLED:
            return None
        programme = await session.get_one(Programme, first.programme_id)
        over = programme.shape is Shape.GROUPS or programme.archived_at is not None
        if over or await _is_followed(session, first):
            return None
        parts = await _parts(session, first)
        if not any(state in IN_THE_MAKING for _, state, _ in parts):
            row = _part_of(first, max(part for part, _, _ in parts) + 1, ctx.now())
            return row, parts, await gather_for(ctx, session, programme, row)
    async with ctx.db.work() as work:
        await _look_again(ctx, work, first)
        await work.commit()
    return None


def _part_of(first: Round, part: int, now: datetime) -> Round:
    return Round(
        programme_id=first.programme_id,
        due_on=first.due_on,
        part=part,
        number=first.number,
        runs_at=now,
        state=RoundState.RUNNING,
        seed=first.seed,
        made_at=now,
    )


async def _parts(session: AsyncSession, first: Round) -> Parts:
    """Every part of the round: its number, its state, and how often it was planned."""
    statement = (
        columns(col(Round.part), col(Round.state), col(Round.run))
        .where(col(Round.programme_id) == first.programme_id, col(Round.due_on) == first.due_on)
        .order_by(col(Round.part))
    )
    return tuple((part, state, run) for part, state, run in await session.execute(statement))


async def _is_followed(session: AsyncSession, first: Round) -> bool:
    """Whether the next round is announced: who came late is in that one."""
    statement = select(Round.id).where(
        Round.programme_id == first.programme_id,
        Round.number > first.number,
        col(Round.state) != RoundState.CANCELLED,
    )
    return (await session.execute(statement.limit(1))).first() is not None


async def _look_again(ctx: Context, work: Work, first: Round) -> None:
    due = ctx.now() + LOOK_AGAIN
    programme = await work.session.get_one(Programme, first.programme_id)
    await work.plan(
        job(
            JobKind.LATE_ROUND,
            round_key(first.id, "late", f"{due:%Y-%m-%dT%H}"),
            now=ctx.now(),
            workspace_id=programme.workspace_id,
            due_at=due,
            programme_id=programme.id,
            round_id=first.id,
        )
    )
