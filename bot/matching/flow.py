"""One integer min-cost flow: as many people as possible, the longest waiting first, then the best
fit.

A mentee's node sends its sessions to mentors, or past them to the sink; the last one past costs
what the mentee counts. A mentor's first session earns what the mentor counts. Counting a person is
worth more than all suitability together, so the order of the aims is strict; which people can be
matched at once is a matroid on either side, so more waiting goes first whatever the numbers, and
both sides reach their best together (Mendelsohn and Dulmage).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bot.matching.reasons import WORTH
from bot.matching.sweep import Edges
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Problem:
    """Sessions that mentees may get and mentors give, and what matching each person is worth."""

    need: Ints
    room: Ints
    row_worth: Ints
    col_worth: Ints
    unit: int  # more than all suitability together

    def served(self, edges: Edges, chosen: Mask) -> tuple[Ints, Ints]:
        """The sessions of each mentee and of each mentor."""
        return (
            np.bincount(edges.rows[chosen], minlength=len(self.need)),
            np.bincount(edges.cols[chosen], minlength=len(self.room)),
        )

    def people(self, edges: Edges, chosen: Mask) -> int:
        """What the people matched are worth."""
        rows, cols = self.served(edges, chosen)
        return int(self.row_worth[rows > 0].sum() + self.col_worth[cols > 0].sum())


def problem_of(table: Table) -> Problem:
    """Capacities and worth of a round."""
    unit = WORTH * int(min(table.need.sum(), table.room.sum())) + 1
    rows = np.array([one.urgency for one in table.mentees], np.int64)
    cols = np.array([one.urgency for one in table.mentors], np.int64)
    return Problem(table.need, table.room, rows * unit, cols * unit, unit)


def best_flow(problem: Problem, edges: Edges) -> Mask:
    """The best choice among `edges`, exactly."""
    if not len(edges):
        return np.zeros(0, np.bool_)
    flow = SimpleMinCostFlow()
    rows, cols = len(problem.need), len(problem.room)
    sink = rows + cols
    mentees, mentors = np.arange(rows), np.arange(rows, sink)
    add = flow.add_arcs_with_capacity_and_unit_cost
    ones = np.ones(len(edges), np.int64)
    chosen = add(edges.rows, edges.cols + rows, ones, -edges.suits.astype(np.int64))
    room, need = problem.room, problem.need
    to_sink = np.full(rows, sink), np.full(cols, sink)
    add(mentees, to_sink[0], np.minimum(need, 1), problem.row_worth)
    add(mentees, to_sink[0], np.maximum(need - 1, 0), np.zeros(rows, np.int64))
    add(mentors, to_sink[1], np.minimum(room, 1), -problem.col_worth)
    add(mentors, to_sink[1], np.maximum(room - 1, 0), np.zeros(cols, np.int64))
    supplies = np.concatenate([need, np.zeros(cols, np.int64), [-int(need.sum())]])
    flow.set_nodes_supplies(np.arange(sink + 1), supplies)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow solver ended with {status.name}")
    return np.asarray(flow.flows(chosen) > 0)
