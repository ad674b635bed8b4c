"""Running a round: its people are gathered, the plan is made in a thread and written down (2.4)."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.programmes import Approval, Shape
from bot.domain.states import RoundState, advance
from bot.matching.results import Progress
from bot.services.context import Context
from bot.services.rounds.gathering import Gathered, gather
from bot.services.rounds.gathering_facts import placed_elsewhere
from bot.services.rounds.planning_rounds import plan_next
from bot.services.rounds.round_making import CARDS, touch_cards, touch_notices
from bot.services.rounds.round_states import (
    FIRST_PAGE,
    access_round,
    approve_row,
    is_under_way,
    plan_cards,
    run_again,
    still_planned,
)
from bot.services.rounds.solutions import Solution
from bot.services.rounds.solving import solve
from bot.store.tables import Job, Programme, Round, RoundLeft, RoundPair
from bot.store.work import Work

SEED_MAX = 2**31 - 1
RUNNABLE = (RoundState.ANNOUNCED, RoundState.RUNNING)


async def begin(ctx: Context, *, round_id: int) -> bool:
    """The round's hour has come, or a lead asked for another plan: whether one is to be made.

    Quiet when it was made, or the round was cancelled. May be called again after a crash. The
    announcement of the next round is planned.
    """
    async with ctx.db.work() as work:
        seen = await work.session.get(Round, round_id)
        if seen is None:
            return False
        programme = await work.lock(Programme, seen.programme_id)
        row = await work.lock(Round, round_id)
        if row is None or programme is None or row.state not in RUNNABLE:
            return False
        is_first = row.state is RoundState.ANNOUNCED
        row.state = advance(row.state, "run")
        await plan_next(ctx, work, programme)
        await touch_cards(work, row.id, ctx.now())
        if is_first:
            await touch_notices(work, row.id, ctx.now())
        await work.commit()
    return True


async def run(
    ctx: Context, *, round_id: int, tell: Callable[[Progress], None] = lambda _: None
) -> None:
    """Make the plan of a round that is running, and write it down; an older plan of it goes.

    With automatic approval it is approved at once (a group flash waits for its hour, which a lead
    has to say). `tell` is called in the event loop. Of two processes that run the same round, the
    first writes; of two parts of one round, the second is planned anew without those whom the first
    has taken. Quiet when it does not run any more.
    """
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None or row.state is not RoundState.RUNNING:
            return
    while True:
        gathered = await gather(ctx, round_id=round_id)
        if await _write(ctx, gathered, await _in_a_thread(gathered, tell)):
            return


class _Stopped(Exception):
    """The process ends; the plan is made again by another."""


async def _in_a_thread(gathered: Gathered, tell: Callable[[Progress], None]) -> Solution:
    """The plan; the event loop goes on meanwhile. Cancelled, the thread ends at its next step."""
    loop, stopped = asyncio.get_running_loop(), threading.Event()

    def say(progress: Progress) -> None:
        if stopped.is_set():
            raise _Stopped
        loop.call_soon_threadsafe(tell, progress)

    try:
        return await asyncio.to_thread(solve, gathered, say)
    finally:
        stopped.set()


async def may_rerun(ctx: Context, *, actor_id: int, round_id: int) -> None:
    """Whether `rerun` would do it; raises as it does."""
    async with ctx.db.work() as work:
        row, _, _ = await access_round(work, actor_id, round_id)
        await _rerunnable(work, row)


async def _rerunnable(work: Work, row: Round) -> None:
    if row.state is not RoundState.RUNNING or await is_under_way(work.session, row):
        await still_planned(work, row)


async def rerun(
    ctx: Context,
    *,
    actor_id: int,
    round_id: int,
    seed: int | None = None,
    receipt: str | None = None,
) -> None:
    """A lead wants another plan, with another seed or, without one, with the same.

    Raises RuleBroken "seed" (fact `limit`) at "seed", "not_a_lead"; NotAllowed "round_…" unless
    there is a plan that waits for its yes, or the making of one was given up.
    """
    if seed is not None and not 0 <= seed <= SEED_MAX:
        raise RuleBroken("seed", field="seed", limit=SEED_MAX)
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row, programme, _ = await access_round(work, actor_id, round_id)
        await _rerunnable(work, row)
        row.seed = row.seed if seed is None else seed
        await run_again(ctx, work, row, programme)
        await work.commit()


async def _write(ctx: Context, gathered: Gathered, solution: Solution) -> bool:
    """Whether that is settled; False when somebody of it found a partner elsewhere meanwhile."""
    async with ctx.db.work() as work:
        seen = await work.session.get_one(Round, gathered.round_id)
        programme = await work.lock(Programme, seen.programme_id)  # one part of it at a time
        row = await work.lock(Round, gathered.round_id)
        if row is None or row.state is not RoundState.RUNNING or row.run != gathered.run:
            return True
        assert programme is not None
        people = {one for pair in solution.pairs for one in pair.people}
        if people & await placed_elsewhere(work.session, row):
            return False
        await write_plan(ctx, work, row, programme, solution)
        await work.commit()
    return True


async def write_plan(
    ctx: Context, work: Work, row: Round, programme: Programme, solution: Solution
) -> None:
    """The plan of a running round, in the place of the one before; the leads see it."""
    now = ctx.now()
    await _write_pairs(work, row, programme.shape, solution)
    await _write_left(work, row, solution)
    row.totals, row.proof, row.gone = solution.totals, solution.proof, []
    row.state, row.planned_at, row.run = advance(row.state, "plan"), now, row.run + 1
    await work.session.execute(
        update(Job)
        .where(col(Job.round_id) == row.id, col(Job.kind).in_(CARDS[1:]))
        .values(note=FIRST_PAGE)
    )
    await plan_cards(work, row, programme, now)
    await touch_cards(work, row.id, now)
    if programme.approval is Approval.AUTOMATIC and programme.shape is not Shape.GROUPS:
        await approve_row(ctx, work, row, programme, None)


def _same(shape: Shape, pair: Any) -> Any:
    """What makes a pair of two plans the same one; peers have no first and second."""
    if shape is Shape.PEERS:
        return frozenset({pair.mentee_id, pair.mentor_id, pair.third_id} - {None})
    return pair.mentee_id, pair.mentor_id, pair.turn


async def _write_pairs(work: Work, row: Round, shape: Shape, solution: Solution) -> None:
    """A pair that stays keeps its row, and a new one gets an id that no older one had: what a lead
    clicks on an older plan is not about another pair."""
    statement = select(RoundPair).where(RoundPair.round_id == row.id).order_by(col(RoundPair.id))
    old = list((await work.session.execute(statement)).scalars())
    known = {_same(shape, each) for each in old}
    kept = {_same(shape, each) for each in solution.pairs}
    row.lost = [[each.mentee_id, each.mentor_id] for each in old if _same(shape, each) not in kept]
    rows = {(each.mentee_id, each.mentor_id, each.turn): each for each in old}
    new = []
    for each in solution.pairs:
        values = {
            "third_id": each.third_id,
            "suitability": each.suitability,
            "reasons": each.reasons,
            "is_new": row.run > 0 and _same(shape, each) not in known,
            "is_out": False,
        }
        present = rows.pop((each.mentee_id, each.mentor_id, each.turn), None)
        if present is not None:
            present.sqlmodel_update(values)
            continue
        people = {"mentee_id": each.mentee_id, "mentor_id": each.mentor_id}
        new.append({"round_id": row.id, "turn": each.turn, **people, **values})
    if new:
        await work.session.execute(insert(RoundPair), new)
    for gone in rows.values():
        await work.session.delete(gone)


async def _write_left(work: Work, row: Round, solution: Solution) -> None:
    await work.session.execute(delete(RoundLeft).where(col(RoundLeft.round_id) == row.id))
    if solution.left:
        left = [{"round_id": row.id, **asdict(each)} for each in solution.left]
        await work.session.execute(insert(RoundLeft), left)
