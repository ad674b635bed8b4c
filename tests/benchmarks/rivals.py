"""What matching is measured beside: greedy, networkx's network simplex, and mentor-match."""

import importlib
import operator
import time
from random import Random

import networkx as nx
import numpy as np
import numpy.typing as npt

from bot.matching.flow import Problem
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


def mentor_match(each: int) -> float | None:
    """Seconds of PyPI's mentor-match for so many mentors and mentees, None when not installed."""
    try:
        process = importlib.import_module("matching.process")
        rule = importlib.import_module("matching.rules.rule")
        mentor = importlib.import_module("matching.mentor").Mentor
        mentee = importlib.import_module("matching.mentee").Mentee
    except ImportError:
        return None
    random = Random(1)

    def facts(number: int) -> dict[str, object]:
        return {
            "grade": random.randrange(1, 8),
            "organisation": f"department {random.randrange(12)}",
            "profession": f"topic {random.randrange(20)}",
            "email": f"{number}@example.org",
        }

    rules = [
        rule.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
        rule.Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
        *(rule.Grade(step, operator.eq, {True: 12 - step, False: 0}) for step in range(1, 4)),
        rule.Equivalent("profession", {True: 10, False: 0}),
        rule.UnmatchedBonus(50),
    ]
    mentors = [mentor(**facts(n)) for n in range(each)]
    mentees = [mentee(**facts(n)) for n in range(each)]
    start = time.perf_counter()
    process.process_data(mentors, mentees, [rules] * 3)  # its rounds: up to three partners
    return time.perf_counter() - start
