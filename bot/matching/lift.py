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


def lift(
    best: Solved,
    attempt: Attempt,
    ceiling: int,
    permille: int,
    effort: Effort,
    start: Solved | None = None,
) -> Lifted:
    """`best` with its worst pair as good as it can be, at most `ceiling`; the total may lose
    `permille` of itself. `start` is a plan that already lies higher, for a start."""
    if not best.chosen.any() or not permille:
        return Lifted(best, 0, True)
    enough = best.value - best.total * permille // 1000
    now, solves, proven = start or best, 0, True
    low, high = int(now.pairs.suits.min()), ceiling
    # one point higher at first: mostly there is nothing, and that is the proof of it
    floor = low + 1 if start else (low + high + 1) // 2
    while low < high and not effort.over():
        tried = attempt(now, floor, enough)
        solves += tried.rounds
        effort.tell(tried)
        if tried.value >= enough:
            now, low = tried, int(tried.pairs.suits.min())
        else:
            proven = proven and tried.value + tried.gain < enough
            high = floor - 1
        floor = (low + high + 1) // 2
    if now is best:
        return Lifted(best, solves, proven and low >= high)
    final = attempt(now, low, None)
    if final.value < now.value:  # only when time was over before it was worth as much
        final = now
    return Lifted(final, solves + final.rounds, proven and low >= high and not final.gain)


def climbed(problem: Problem, best: Solved, permille: int, effort: Effort) -> Solved:
    """The best plan among the pairs of interest under the highest floor there, or under one not so
    high after STEPS: takes away the worst pair, and the worst of what comes instead, and so on."""
    edges, chosen, floor = best.edges, best.chosen, 0
    rerouter, now = Rerouter(problem, edges), best
    for _ in range(STEPS):
        worst = np.flatnonzero(chosen)[edges.suits[chosen].argmin()] if chosen.any() else None
        if worst is None or effort.over():
            break
        if edges.suits[worst] >= floor:  # all that were worse are gone
            people, total = problem.people(edges, chosen), int(edges.suits[chosen].sum(dtype=int))
            if people + total < best.value - best.total * permille // 1000:
                break
            now = replace(best, chosen=chosen, people=people, total=total)
            floor = int(edges.suits[worst]) + 1
            effort.tell(now)
        chosen = rerouter.without(int(worst), chosen, floor)
    return now


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
