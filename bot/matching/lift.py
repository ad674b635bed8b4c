"""The worst-off: raise the lowest suitability of a plan as far as nobody is left out for it and the
total loses next to nothing, by a floor under the pairs that may be chosen."""

from dataclasses import dataclass, replace

import numpy as np

from bot.matching.flow import Problem
from bot.matching.generate import Effort, Solved, generate
from bot.matching.pool import Pool
from bot.matching.reasons import WORTH
from bot.matching.sweep import Edges


@dataclass(frozen=True, slots=True)
class Lifted:
    """The plan under the highest floor, and whether that is proven to be the highest possible."""

    solved: Solved
    solves: int
    highest: bool


def lift(problem: Problem, pool: Pool, best: Solved, effort: Effort, permille: int) -> Lifted:
    """`best` with its worst pair as good as it can be; the total may lose `permille` of itself.

    Where the pairs are too many to keep, only those close to the best plan are looked at.
    """
    if not best.chosen.any() or not permille:
        return Lifted(best, 0, True)
    enough = best.people + best.total - best.total * permille // 1000
    near = pool if pool.kept is not None else replace(pool, kept=(best.edges,))
    now, solves, proven = best, 0, near is pool
    low, high = int(best.pairs.suits.min()), _ceiling(near, best)
    while low < high and not effort.over():
        floor = (low + high + 1) // 2
        tried = generate(problem, near, now.edges, Effort(effort.over), floor=floor, enough=enough)
        solves += tried.rounds
        if tried.value >= enough:
            now, low = _merged(tried, now), int(tried.pairs.suits.min())
        else:
            proven = proven and tried.value + tried.gain < enough
            high = floor - 1
    if now is best:
        return Lifted(best, solves, proven and low >= high)
    final = generate(problem, near, now.edges, Effort(effort.over), floor=low)
    return Lifted(final, solves + final.rounds, proven and low >= high and not final.gain)


def _ceiling(pool: Pool, best: Solved) -> int:
    """No plan that matches as many mentees lies higher than the n-th best of their best pairs."""
    top = np.full(len(pool.table.mentees), -1, np.int64)
    for part in pool.kept or ():
        np.maximum.at(top, part.rows, part.suits)
    matched = len(np.unique(best.pairs.rows))
    return min(WORTH, int(np.sort(top)[-matched]))


def _merged(tried: Solved, before: Solved) -> Solved:
    """The new plan, with the pairs that the plan before it was solved on to go on from."""
    edges, old = tried.edges, before.edges
    both = Edges(
        np.concatenate([edges.rows, old.rows]),
        np.concatenate([edges.cols, old.cols]),
        np.concatenate([edges.suits, old.suits]),
    )
    chosen = np.concatenate([tried.chosen, np.zeros(len(old), np.bool_)])
    return replace(tried, edges=both, chosen=chosen)
