"""Who joined too late for a round is matched with those it left over (2.6)."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Shape
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.gathering import Gathered, gather_for
from bot.services.jobs import job
from bot.services.round_states import round_key
from bot.services.running import write_plan
from bot.services.solving import solve
from bot.store.tables import Programme, Round

LOOK_AGAIN = timedelta(hours=1)
IN_THE_MAKING = (RoundState.ANNOUNCED, RoundState.RUNNING)


async def late_round(ctx: Context, *, round_id: int) -> None:
    """Make another part of a round, of everybody who has no partner in it yet.

    Nobody hears of it unless it finds at least one pair. Quiet for a group flash, which has its
    hour; for a round that was cancelled; and once the next one is announced. A round whose plan is
    in the making is looked at again in an hour.
    """
    found = await _look(ctx, round_id)
    if found is None:
        return
    row, gathered = found
    solution = await asyncio.to_thread(solve, gathered)
    if not solution.pairs:
        return
    async with ctx.db.work() as work:
        first = await work.lock(Round, round_id)
        if first is None or await _next_part(work.session, first) != row.part:
            return  # another process found them meanwhile
        programme = await work.session.get_one(Programme, row.programme_id)
        await work.add(row)
        await write_plan(ctx, work, row, programme, solution)
        await work.commit()


async def _look(ctx: Context, round_id: int) -> tuple[Round, Gathered] | None:
    """The part that would be made, and who would be in it; None when it is not the time."""
    async with ctx.db.read() as session:
        first = await session.get(Round, round_id)
        if first is None or first.state is RoundState.CANCELLED:
            return None
        programme = await session.get_one(Programme, first.programme_id)
        over = programme.shape is Shape.GROUPS or programme.archived_at is not None
        if over or await _is_followed(session, first):
            return None
        if first.state not in IN_THE_MAKING:
            row = _part_of(first, await _next_part(session, first), ctx.now())
            return row, await gather_for(ctx, session, programme, row)
    await _look_again(ctx, first, programme)
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


async def _next_part(session: AsyncSession, first: Round) -> int:
    statement = select(func.max(Round.part)).where(
        Round.programme_id == first.programme_id, Round.due_on == first.due_on
    )
    return int((await session.execute(statement)).scalar_one()) + 1


async def _is_followed(session: AsyncSession, first: Round) -> bool:
    """Whether the next round is announced: who came late is in that one."""
    statement = select(Round.id).where(
        Round.programme_id == first.programme_id,
        Round.number > first.number,
        col(Round.state) != RoundState.CANCELLED,
    )
    return (await session.execute(statement.limit(1))).first() is not None


async def _look_again(ctx: Context, first: Round, programme: Programme) -> None:
    due = ctx.now() + LOOK_AGAIN
    async with ctx.db.work() as work:
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
        await work.commit()
