"""The worst-off: raise the lowest suitability of a plan as far as nobody is left out for it and the
total loses next to nothing, by a floor under the pairs that may be chosen.

The worst pair after the other is taken away, first among the pairs of interest, which needs no
solve at all; then, where all pairs are kept, solves over all of them look whether it goes higher.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bot.matching.flow import Problem
from bot.matching.generate import Effort, Solved, generate
from bot.matching.pool import Pool
from bot.matching.reasons import WORTH
from bot.matching.reroute import Rerouter
from bot.matching.sweep import joined

Attempt = Callable[[Solved, int, int | None], Solved]
"""From the plan so far, under a floor: the best plan, or any that is worth enough (or a proof by
its `gain` that there is none)."""

STEPS: Final = 300
"""Pairs taken away one by one; a tenth of that is usual. Beyond, halving is quicker."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The plan under the highest floor, and whether that is proven to be the highest possible."""

    solved: Solved
    solves: int
    highest: bool


@dataclass(frozen=True, slots=True)
class Climb:
    """The plan under the highest floor among the pairs of interest, and the best one a point higher
    there, which has lost too much."""

    higher: Solved
    stuck: Solved | None = None


def lift(
    best: Solved,
    attempt: Attempt,
    ceiling: int,
    permille: int,
    effort: Effort,
    climb: Climb | None = None,
) -> Lifted:
    """`best` with its worst pair as good as it can be, at most `ceiling`; the total may lose
    `permille` of itself. `climb` is how far it came already."""
    if not best.chosen.any() or not permille:
        return Lifted(best, 0, True)
    climb = climb or Climb(best)
    enough = _enough(best, permille)
    now, solves, proven = climb.higher, 0, True
    low, high, stuck = int(now.pairs.suits.min()), ceiling, climb.stuck
    while low < high and not effort.over():
        floor = low + 1 if stuck else (low + high + 1) // 2
        tried = attempt(stuck or now, floor, enough)
        stuck = None
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


def climbed(problem: Problem, best: Solved, permille: int, effort: Effort) -> Climb:
    """The highest floor among the pairs of interest, or one not so high after STEPS: takes away the
    worst pair, and the worst of what comes instead, and so on."""
    rerouter, now, tried, floor = Rerouter(problem, best.edges), best, best, 0
    suits = best.edges.suits
    for _ in range(STEPS):
        if not tried.chosen.any() or effort.over():
            break
        worst = int(np.flatnonzero(tried.chosen)[suits[tried.chosen].argmin()])
        if suits[worst] >= floor:  # all that were worse are gone
            if tried.value < _enough(best, permille):
                return Climb(now, tried)
            now, floor = tried, int(suits[worst]) + 1
            effort.tell(now)
        chosen = rerouter.without(worst, tried.chosen, floor)
        people, total = problem.people(best.edges, chosen), int(suits[chosen].sum(dtype=np.int64))
        tried = replace(best, chosen=chosen, people=people, total=total)
    return Climb(now)


def _enough(best: Solved, permille: int) -> int:
    return best.value - best.total * permille // 1000


def by_flow(problem: Problem, pool: Pool, best: Solved, effort: Effort) -> Attempt:
    """Attempts over the pairs of `pool`, going on from those that were of interest before."""
    silent = replace(effort, tell=lambda _: None)

    def attempt(now: Solved, floor: int, enough: int | None) -> Solved:
        if now.chosen.any() and now.pairs.suits.min() >= floor:  # the best of its own pairs
            use = now.edges.suits >= floor
            edges, known = now.edges.take(use), now.chosen[use]
        else:
            edges, known = joined([now.edges, best.edges]), None
        return generate(problem, pool, edges, silent, floor=floor, enough=enough, known=known)

    return attempt


def ceiling_of(pool: Pool, best: Solved) -> int:
    """No plan that matches as many mentees lies higher than the n-th best of their best pairs."""
    top = np.full(len(pool.table.mentees), -1, np.int64)
    for part in pool.kept or ():
        np.maximum.at(top, part.rows, part.suits)
    matched = len(np.unique(best.pairs.rows))
    return min(WORTH, int(np.sort(top)[-matched])) if matched else 0
