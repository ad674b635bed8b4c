"""Running a round: its people are gathered, the plan is made in a thread and written down (2.4)."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.programmes import Approval, Shape
from bot.domain.states import RoundState, advance
from bot.matching.results import Progress
from bot.services.context import Context
from bot.services.gathering import Gathered, gather
from bot.services.round_states import (
    CARDS,
    FIRST_PAGE,
    access_round,
    approve_row,
    plan_cards,
    run_again,
    still_planned,
    touch_cards,
)
from bot.services.solving import Solution, solve
from bot.store.tables import Job, Programme, Round, RoundLeft, RoundPair
from bot.store.work import Work

SEED_MAX = 2**31 - 1
RUNNABLE = (RoundState.ANNOUNCED, RoundState.RUNNING)


async def begin(ctx: Context, *, round_id: int) -> bool:
    """The round's hour has come, or a lead asked for another plan: whether one is to be made.

    Quiet when it was made, or the round was cancelled. May be called again after a crash.
    """
    async with ctx.db.work() as work:
        row = await work.lock(Round, round_id)
        if row is None or row.state not in RUNNABLE:
            return False
        row.state = advance(row.state, "run")
        await touch_cards(work, row.id, ctx.now())
        await work.commit()
    return True


async def run(
    ctx: Context, *, round_id: int, tell: Callable[[Progress], None] = lambda _: None
) -> None:
    """Make the plan of a round that is running, and write it down; an older plan of it goes.

    With automatic approval it is approved at once (a group flash waits for its hour, which a lead
    has to say). `tell` is called in the event loop. Of two processes that run the same round, the
    first writes. Quiet when it does not run any more.
    """
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None or row.state is not RoundState.RUNNING:
            return
    gathered = await gather(ctx, round_id=round_id)
    loop = asyncio.get_running_loop()

    def say(progress: Progress) -> None:
        loop.call_soon_threadsafe(tell, progress)

    solution = await asyncio.to_thread(solve, gathered, say)
    await _write(ctx, gathered, solution)


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
    there is a plan that waits for its yes.
    """
    if seed is not None and not 0 <= seed <= SEED_MAX:
        raise RuleBroken("seed", field="seed", limit=SEED_MAX)
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row, programme, _ = await access_round(work, actor_id, round_id)
        await still_planned(work, row)
        row.seed = row.seed if seed is None else seed
        await run_again(ctx, work, row, programme)
        await work.commit()


async def _write(ctx: Context, gathered: Gathered, solution: Solution) -> None:
    async with ctx.db.work() as work:
        row = await work.lock(Round, gathered.round_id)
        if row is None or row.state is not RoundState.RUNNING or row.run != gathered.run:
            return
        programme = await work.session.get_one(Programme, row.programme_id)
        await write_plan(ctx, work, row, programme, solution)
        await work.commit()


async def write_plan(
    ctx: Context, work: Work, row: Round, programme: Programme, solution: Solution
) -> None:
    """The plan of a running round, in the place of the one before; the leads see it."""
    now = ctx.now()
    before = await _pairs_before(work, row.id)
    after = {_same(programme.shape, pair): pair for pair in solution.pairs}
    row.lost = [
        [pair.mentee_id, pair.mentor_id] for key, pair in before.items() if key not in after
    ]
    await _replace_rows(
        work, row, solution, new=after.keys() - before.keys(), shape=programme.shape
    )
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


async def _pairs_before(work: Work, round_id: int) -> dict[Any, RoundPair]:
    row = await work.session.get_one(Round, round_id)
    programme = await work.session.get_one(Programme, row.programme_id)
    statement = select(RoundPair).where(RoundPair.round_id == round_id).order_by(col(RoundPair.id))
    rows = (await work.session.execute(statement)).scalars()
    return {_same(programme.shape, each): each for each in rows}


async def _replace_rows(
    work: Work, row: Round, solution: Solution, *, new: Any, shape: Shape
) -> None:
    """Written in one statement each, however many they are."""
    for table in (RoundPair, RoundLeft):
        await work.session.execute(delete(table).where(col(table.round_id) == row.id))
    pairs = [
        RoundPair(
            round_id=row.id,
            mentee_id=each.mentee_id,
            mentor_id=each.mentor_id,
            third_id=each.third_id,
            turn=each.turn,
            suitability=each.suitability,
            reasons=each.reasons,
            is_new=row.run > 0 and _same(shape, each) in new,
        )
        for each in solution.pairs
    ]
    left = [
        RoundLeft(
            round_id=row.id,
            person_id=each.person_id,
            role=each.role,
            rule=each.rule,
            candidates=each.candidates,
            counts=each.counts,
            areas=each.areas,
        )
        for each in solution.left
    ]
    for rows in (pairs, left):
        if rows:
            values = [each.model_dump(exclude={"id"}) for each in rows]
            await work.session.execute(insert(type(rows[0])), values)
