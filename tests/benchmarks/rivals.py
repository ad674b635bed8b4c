"""What matching is measured beside: greedy, networkx's network simplex, and mentor-match."""

import importlib
import time
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from bot.matching.flow import Problem, best_flow
from bot.matching.sweep import Edges

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def taken_in_order(problem: Problem, edges: Edges, order: Ints) -> Mask:
    """One pair after the other, whenever both still have room."""
    need, room = problem.need.tolist(), problem.room.tolist()
    rows, cols = edges.rows[order].tolist(), edges.cols[order].tolist()
    chosen = np.zeros(len(edges), np.bool_)
    for n, (row, col) in enumerate(zip(rows, cols, strict=True)):
        if need[row] and room[col]:
            need[row] -= 1
            room[col] -= 1
            chosen[order[n]] = True
    return chosen


def pruned(problem: Problem, edges: Edges) -> Edges:
    """The best partners of everybody, mentee or mentor: as few as a plan needs that matches as many
    and loses at most a ten-thousandth of the suitability over all pairs."""
    best = _value(problem, edges)
    orders = [np.lexsort((-edges.suits, side)) for side in (edges.rows, edges.cols)]
    sides = (edges.rows, edges.cols)
    ranks = [_rank(side, order) for side, order in zip(sides, orders, strict=True)]
    for most in (5, 10, 20, 40, 80, 160):
        few = edges.take((ranks[0] < most) | (ranks[1] < most))
        people, total = _value(problem, few)
        if people == best[0] and total >= best[1] * 0.9999:
            return few
    return edges


def _value(problem: Problem, edges: Edges) -> tuple[int, int]:
    chosen = best_flow(problem, edges)
    return problem.people(edges, chosen), int(edges.suits[chosen].sum(dtype=np.int64))


def _rank(side: npt.NDArray[np.int32], order: Ints) -> Ints:
    """The place of each pair among those of the same person, in this order."""
    sorted_side = side[order]
    first = np.searchsorted(sorted_side, sorted_side)
    rank = np.empty(len(side), np.int64)
    rank[order] = np.arange(len(side)) - first
    return rank


def networkx_flow(problem: Problem, edges: Edges) -> Mask:
    """The same flow as Lantern's, by networkx's network simplex."""
    graph = nx.DiGraph()
    sink = "sink"
    graph.add_node(sink, demand=int(problem.need.sum()))
    for row, (need, worth) in enumerate(zip(problem.need, problem.row_worth, strict=True)):
        graph.add_node(("mentee", row), demand=-int(need))
        # every mentee of the benchmark wants one session: past the mentors costs what they count
        graph.add_edge(("mentee", row), sink, capacity=int(need), weight=int(worth))
    for col, (room, worth) in enumerate(zip(problem.room, problem.col_worth, strict=True)):
        first = ("first", col)
        graph.add_edge(("mentor", col), first, capacity=min(1, int(room)), weight=-int(worth))
        graph.add_edge(first, sink)
        graph.add_edge(("mentor", col), sink, capacity=max(0, int(room) - 1), weight=0)
    pairs = list(zip(edges.rows.tolist(), edges.cols.tolist(), edges.suits.tolist(), strict=True))
    for row, col, suit in pairs:
        graph.add_edge(("mentee", row), ("mentor", col), capacity=1, weight=-suit)
    _, flow = nx.network_simplex(graph)
    used = [flow["mentee", row]["mentor", col] > 0 for row, col, _ in pairs]
    return np.array(used, np.bool_)


def mentor_match(suits: npt.NDArray[np.float32]) -> float | None:
    """Seconds of PyPI's mentor-match, one pair each, where mentor j and mentee i suit each other by
    `suits[i, j]` (below 0: not allowed); None when it is not installed."""
    try:
        process = importlib.import_module("matching.process")
        rule = importlib.import_module("matching.rules.rule")
        mentor = importlib.import_module("matching.mentor").Mentor
        mentee = importlib.import_module("matching.mentee").Mentee
    except ImportError:
        return None

    def apply(match: Any) -> int:
        suit = int(suits[match.mentee.grade, match.mentor.grade])
        match.disallowed = suit < 0
        return max(0, suit)

    same = rule.Rule()
    same.apply = apply
    # people are the same person to it when their addresses are, so everybody needs one
    mentees = [mentee(grade=n, email=f"mentee {n}") for n in range(suits.shape[0])]
    mentors = [mentor(grade=n, email=f"mentor {n}") for n in range(suits.shape[1])]
    start = time.perf_counter()
    process.process_data(mentors, mentees, [[same]])
    return time.perf_counter() - start
