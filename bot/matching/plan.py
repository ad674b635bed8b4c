"""One run of a programme's matching: from people to pairs with reasons, and the proof of both."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.matching.choices import Pairs, kept_apart
from bot.matching.flow import Problem, problem_of
from bot.matching.generate import Effort, Solved, first_pairs, generate
from bot.matching.joint import EFFORT_TO_LIFT, EXACT_UP_TO, joint_of, solve_exactly
from bot.matching.lift import Lifted, by_flow, ceiling_of, climbed, lift
from bot.matching.people import Member, Rules
from bot.matching.pool import KEPT, Pool, pool_of
from bot.matching.report import Work, report
from bot.matching.results import Plan, Progress
from bot.matching.sweep import Edges
from bot.matching.table import Table, table_of

NEAR_ENOUGH: Final = 0.0005
"""The gap at which to stop where every look at all pairs takes seconds; else the gap must be 0."""
SETTLED_AFTER: Final = 8
"""Solves after which everybody with a limit over both roles has to take one."""


@dataclass(slots=True)
class _Run:
    """How long it has been, and whom to tell."""

    time_allowed: float
    timer: Callable[[], float]
    tell: Callable[[Progress], None]
    start: float = field(init=False)
    cut: bool = False
    done: float = 0.0

    def __post_init__(self) -> None:
        self.start = self.timer()

    def seconds(self) -> float:
        return self.timer() - self.start

    def over(self) -> bool:
        self.cut = self.cut or self.seconds() >= self.time_allowed
        return self.cut

    def at(self, stage: str, done: float, solved: Solved | None = None) -> None:
        self.done = max(self.done, done)
        gap = solved.gain / max(1, solved.total) if solved else None
        self.tell(Progress(stage, self.done, int(solved.chosen.sum()) if solved else 0, gap))


def plan(
    members: Iterable[Member],
    rules: Rules,
    *,
    at: datetime,
    seed: int,
    locked: Pairs = (),
    vetoed: Pairs = (),
    barred: Pairs = (),
    time_allowed: float = 300.0,
    kept: int = KEPT,
    tell: Callable[[Progress], None] = lambda _: None,
    timer: Callable[[], float] = time.monotonic,
) -> Plan:
    """The best plan for the available among `members`, in this order: the most people, who waited
    longer first; the best total suitability; the best worst pair.

    `at` (aware) chooses the week whose hours count. Equals are drawn by `seed`: the same members
    and seed give the same plan in whatever order they come. `locked` pairs (mentee, mentor) are
    part of it; the two of a `vetoed` pair are not put together, in whichever role, as if one of
    them had said so in `Member.never`; the two of a `barred` one are not in these roles.
    `time_allowed` seconds, roughly; more than `kept` allowed pairs are not all kept in memory.
    Raises ValueError when two members have one id, RuleBroken "lock_forbidden" for a locked pair
    that a rule or a veto forbids or that is over capacity."""
    run = _Run(time_allowed, timer, tell)
    run.at("sweep", 0.0)
    table = table_in_order(kept_apart(members, vetoed), rules, at, seed)
    fixed = _locked(table, locked)
    problem = _problem(table, fixed)
    pool = pool_of(_without(table, fixed, barred), kept)
    run.at("solve", 0.2)
    problem, best, by_rule = _best(problem, pool, run)
    lifted = _lifted(problem, pool, best, run)
    run.at("explain", 0.9, lifted.solved)
    work = Work(table, pool, problem, fixed, best, lifted, by_rule, run.cut, run.seconds)
    found = report(work, seed)
    run.at("explain", 1.0, lifted.solved)
    return found


def table_in_order(members: Iterable[Member], rules: Rules, at: datetime, seed: int) -> Table:
    """The mentees and mentors in an order drawn by `seed`, whatever order they come in."""
    everyone = sorted(members, key=lambda one: one.id)
    if len({one.id for one in everyone}) < len(everyone):
        raise ValueError("two members have the same id")
    order = np.random.default_rng(seed % 2**64).permutation(len(everyone))
    drawn = [everyone[n] for n in order]
    mentees, mentors = (
        [one for one in drawn if role in one.roles] for role in (Role.MENTEE, Role.MENTOR)
    )
    return table_of(mentees, mentors, rules, at, everyone=everyone)


def _locked(table: Table, locked: Pairs) -> Edges:
    """The locked pairs, checked."""
    row, col = _positions(table)
    try:
        pairs = sorted((row[mentee], col[mentor]) for mentee, mentor in set(locked))
    except KeyError as error:
        raise RuleBroken("lock_forbidden", person=error.args[0]) from error
    rows = np.array([i for i, _ in pairs], np.int64)
    cols = np.array([j for _, j in pairs], np.int64)
    suits = table.along(rows, cols)
    served = np.bincount(rows, minlength=len(row)), np.bincount(cols, minlength=len(col))
    if (suits < 0).any() or (served[0] > table.need).any() or (served[1] > table.room).any():
        raise RuleBroken("lock_forbidden")
    return Edges(rows.astype(np.int32), cols.astype(np.int32), suits.astype(np.int16))


def _problem(table: Table, fixed: Edges) -> Problem:
    """What is left to decide: whoever has a locked pair is already matched."""
    problem = problem_of(table)
    served, given = problem.served(fixed, np.ones(len(fixed), np.bool_))
    return replace(
        problem,
        need=problem.need - served,
        room=problem.room - given,
        row_worth=np.where(served, 0, problem.row_worth),
        col_worth=np.where(given, 0, problem.col_worth),
    )


def _without(table: Table, fixed: Edges, barred: Pairs) -> Table:
    """The table without the pairs that are decided: part of the plan, or barred from it."""
    row, col = _positions(table)
    pairs = list(zip(fixed.rows.tolist(), fixed.cols.tolist(), strict=True))
    pairs += [(row[one], col[other]) for one, other in barred if one in row and other in col]
    return replace(table, exceptions=table.exceptions.without(pairs)) if pairs else table


def _positions(table: Table) -> tuple[dict[int, int], dict[int, int]]:
    """Where each mentee and each mentor is in the table, by id."""
    return (
        {one.id: i for i, one in enumerate(table.mentees)},
        {one.id: j for j, one in enumerate(table.mentors)},
    )


def _best(problem: Problem, pool: Pool, run: _Run) -> tuple[Problem, Solved, bool]:
    """The best plan, the problem it is the best for, and whether joint limits chose by a rule."""
    joint = joint_of(pool.table, problem)
    edges = first_pairs(pool)
    if len(joint) and pool.kept is not None and pool.count <= EXACT_UP_TO:
        exact = solve_exactly(problem, joint, edges)
        if exact is not None:
            return problem, exact, False
    effort = Effort(run.over, tell=lambda one: run.at("solve", _towards(run, 0.7), one))
    if pool.kept is None:
        effort = replace(effort, gap=NEAR_ENOUGH)
    best, tries = generate(problem, pool, edges, effort), 0
    while (less := joint.over(problem, best, last=tries >= SETTLED_AFTER)) is not None:
        problem, tries = less, tries + 1
        best = generate(problem, pool, best.edges, effort)
    return problem, best, tries > 0


def _lifted(problem: Problem, pool: Pool, best: Solved, run: _Run) -> Lifted:
    permille = pool.table.rules.lift_permille
    effort = Effort(run.over, tell=lambda _: run.at("lift", _towards(run, 0.9)))
    joint = joint_of(pool.table, problem)
    if len(joint) and pool.kept is not None and pool.count <= EXACT_UP_TO:

        def exactly(now: Solved, floor: int, enough: int | None) -> Solved:
            edges = best.edges.take(best.edges.suits >= floor)
            found = solve_exactly(problem, joint, edges, EFFORT_TO_LIFT)
            nothing = np.zeros(len(edges), np.bool_)
            return found or Solved(edges, nothing, 0, 0, best.value, 1)

        if best.gain:  # it was hard enough once
            return Lifted(best, 0, highest=False)
        return lift(best, exactly, ceiling_of(pool, best), permille, effort)
    lifted = _lifted_by_flow(problem, pool, best, effort, permille)
    if joint.over(problem, lifted.solved) is not None:  # better nobody lifted than one overbooked
        return Lifted(best, lifted.solves, False)
    return lifted


def _lifted_by_flow(
    problem: Problem, pool: Pool, best: Solved, effort: Effort, permille: int
) -> Lifted:
    if not permille or not best.chosen.any():
        return Lifted(best, 0, True)
    climb = climbed(problem, best, permille, effort)
    if pool.kept is None:  # nothing is proven of the pairs that are not of interest
        return Lifted(climb.higher, 0, False)
    attempt = by_flow(problem, pool, best, effort)
    return lift(best, attempt, ceiling_of(pool, best), permille, effort, climb)


def _towards(run: _Run, end: float) -> float:
    return run.done + (end - run.done) * 0.2
