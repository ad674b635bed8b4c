"""Taking pairs away one by one is as good as solving again without them."""

import numpy as np
import pytest

from bot.matching.flow import Problem, best_flow
from bot.matching.reroute import Rerouter
from bot.matching.sweep import Edges


def drawn(seed: int, most: int = 9) -> tuple[Problem, Edges]:
    random = np.random.default_rng(seed)
    rows, cols = random.integers(1, most, 2)
    use = np.flatnonzero(random.random(rows * cols) < random.choice([0.3, 0.6, 1.0]))
    at = use // cols, use % cols
    suits = random.integers(0, random.choice([4, 1000]), len(use))  # few values: many ties
    unit = 1000 * 30
    problem = Problem(
        random.integers(0, 4, rows),
        random.integers(0, 4, cols),
        unit * random.integers(0, 4, rows),
        unit * random.integers(0, 4, cols),
        unit,
    )
    return problem, Edges(at[0].astype(np.int32), at[1].astype(np.int32), suits.astype(np.int16))


def value(problem: Problem, edges: Edges, chosen: np.ndarray) -> int:
    return problem.people(edges, chosen) + int(edges.suits[chosen].sum(dtype=np.int64))


@pytest.mark.parametrize("seed", range(300))
def test_every_floor_is_as_good_as_solved_anew(seed: int) -> None:
    problem, edges = drawn(seed)
    if not len(edges):
        return
    rerouter = Rerouter(problem, edges)
    chosen = best_flow(problem, edges)
    while chosen.any():
        floor = int(edges.suits[chosen].min()) + 1
        while len(low := np.flatnonzero(chosen & (edges.suits < floor))):
            chosen = rerouter.without(int(low[0]), chosen, floor)
        served, given = problem.served(edges, chosen)
        assert (served <= problem.need).all()
        assert (given <= problem.room).all()
        allowed = edges.take(edges.suits >= floor)
        assert value(problem, edges, chosen) == value(problem, allowed, best_flow(problem, allowed))
