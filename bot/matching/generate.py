"""From a few pairs to the best plan over all: solve, ask the prices what was missed, add it, again.

(Column generation.) What prices say that all pairs left out could gain together is proof of how far
the plan can be from the best; at 0 it is the best. The pairs whose price is far from what they are
worth are dropped between two solves, which keeps each of them short; they come back if prices
change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.matching.flow import Problem, best_flow
from bot.matching.pool import Pool
from bot.matching.prices import prices_of
from bot.matching.sweep import Edges, joined

Mask = npt.NDArray[np.bool_]
NEAR: Final = 30
"""Points of suitability that a pair may lack to stay: of 2.5 million pairs some 20,000 do, and the
best plan is among them but for a few that the next rounds add."""
ROUNDS: Final = 60
ENOUGH_ALLOWED: Final = 100_000
"""Pairs up to which all are solved at once, since there is nothing to gain by starting with
fewer."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The best choice among `edges`, and by how much all allowed pairs could better it at most."""

    edges: Edges  # of interest: those chosen and those close to it
    chosen: Mask
    people: int
    total: int
    gain: int
    rounds: int

    @property
    def value(self) -> int:
        """People first, suitability second, in one number."""
        return self.people + self.total

    @property
    def pairs(self) -> Edges:
        """Those chosen."""
        return self.edges.take(self.chosen)


@dataclass(frozen=True, slots=True)
class Effort:
    """When to stop: at a gain of at most `gap` of the total, or when time is `over`. A pair stays
    when it lacks at most `near` points."""

    over: Callable[[], bool] = lambda: False
    gap: float = 0.0
    near: int = NEAR
    tell: Callable[[Solved], None] = lambda _: None


def generate(
    problem: Problem,
    pool: Pool,
    edges: Edges,
    effort: Effort,
    *,
    floor: int = 0,
    enough: int | None = None,
    known: Mask | None = None,
) -> Solved:
    """The best choice among the pairs of `pool` of at least `floor`, starting from `edges`.

    With `enough` it stops as soon as a plan has that value, or none can. `known` is the best choice
    among `edges`, where that needs no solve: then these have each pair once, and none below.
    """
    if known is None:
        edges = _each_once(pool, edges.take(edges.suits >= floor))
    for rounds in range(known is None, ROUNDS + 1):
        chosen, known = best_flow(problem, edges) if known is None else known, None
        prices = prices_of(problem, edges, chosen)
        people, total = problem.people(edges, chosen), int(edges.suits[chosen].sum(dtype=np.int64))
        if enough is not None and people + total >= enough:
            return Solved(edges, chosen, people, total, 0, rounds)
        near = chosen | (prices.gains(edges) >= -effort.near)
        missed, gain = pool.improving(prices, edges.take(chosen), floor)
        solved = Solved(edges.take(near), chosen[near], people, total, gain, rounds)
        effort.tell(solved)
        hopeless = enough is not None and solved.value + gain < enough
        if gain <= effort.gap * total or hopeless or effort.over():
            return solved
        edges = _each_once(pool, joined([solved.edges, missed]))
    return solved


def first_pairs(pool: Pool) -> Edges:
    """All of them when they are few, or else a few for everybody."""
    if pool.kept is not None and pool.count <= ENOUGH_ALLOWED:
        return joined(list(pool.kept))
    return pool.start


def _each_once(pool: Pool, edges: Edges) -> Edges:
    keys = edges.keys(len(pool.table.mentors))
    return edges.take(np.unique(keys, return_index=True)[1])
