"""The worst-off: raise the lowest suitability of a plan as far as nobody is left out for it and the
total loses next to nothing, by a floor under the pairs that may be chosen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.flow import Problem
from bot.matching.generate import Effort, Solved, generate
from bot.matching.pool import Pool
from bot.matching.reasons import WORTH
from bot.matching.sweep import joined

Attempt = Callable[[Solved, int, int | None], Solved]
"""From the plan so far, under a floor: the best plan, or any that is worth enough (or a proof by
its `gain` that there is none)."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The plan under the highest floor, and whether that is proven to be the highest possible."""

    solved: Solved
    solves: int
    highest: bool


def lift(
    best: Solved, attempt: Attempt, ceiling: int, permille: int, effort: Effort, step: int = 1
) -> Lifted:
    """`best` with its worst pair as good as it can be, at most `ceiling`; the total may lose
    `permille` of itself. It is enough to come within `step` points of the highest."""
    if not best.chosen.any() or not permille:
        return Lifted(best, 0, True)
    enough = best.value - best.total * permille // 1000
    now, solves, proven = best, 0, True
    low, high = int(best.pairs.suits.min()), ceiling
    while high - low >= step and not effort.over():
        floor = (low + high + 1) // 2
        tried = attempt(now, floor, enough)
        solves += tried.rounds
        effort.tell(tried)
        if tried.value >= enough:
            now, low = tried, int(tried.pairs.suits.min())
        else:
            proven = proven and tried.value + tried.gain < enough
            high = floor - 1
    if now is best:
        return Lifted(best, solves, proven and low >= high)
    final = attempt(now, low, None)
    if final.value < now.value:  # only when time was over before it was worth as much
        final = now
    return Lifted(final, solves + final.rounds, proven and low >= high and not final.gain)


def by_flow(problem: Problem, pool: Pool, best: Solved, effort: Effort) -> Attempt:
    """Attempts over the pairs of `pool`, going on from those that were of interest before."""
    silent = replace(effort, tell=lambda _: None)

    def attempt(now: Solved, floor: int, enough: int | None) -> Solved:
        edges = joined([now.edges, best.edges])
        return generate(problem, pool, edges, silent, floor=floor, enough=enough)

    return attempt


def ceiling_of(pool: Pool, best: Solved) -> int:
    """No plan that matches as many mentees lies higher than the n-th best of their best pairs."""
    top = np.full(len(pool.table.mentees), -1, np.int64)
    for part in pool.kept or ():
        np.maximum.at(top, part.rows, part.suits)
    matched = len(np.unique(best.pairs.rows))
    return min(WORTH, int(np.sort(top)[-matched])) if matched else 0
