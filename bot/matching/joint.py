"""People who want so many sessions in either role together: a limit that no flow can express.

On small rounds an integer program keeps it exactly (CP-SAT, one worker and counted effort, so that
the same round gives the same plan). On large ones a rule does: solve as if the roles were separate;
whoever got too many keeps those as a mentor, since mentors are fewer, and as many as a mentee as
still fit; solve again with that, until nobody has too many.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from bot.matching.flow import Problem
from bot.matching.generate import Solved
from bot.matching.sweep import Edges
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
EXACT_UP_TO: Final = 3_000
"""Allowed pairs."""
EFFORT: Final = 30.0
"""Of CP-SAT, in its own deterministic seconds, for each solve."""


@dataclass(frozen=True, slots=True)
class Joint:
    """People with both roles and a limit over both: their row, their column, their limit."""

    rows: Ints
    cols: Ints
    limits: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def over(self, problem: Problem, solved: Solved) -> Problem | None:
        """With less to give to those who got too many, None when nobody did."""
        served, given = problem.served(solved.edges, solved.chosen)
        much = np.flatnonzero(served[self.rows] + given[self.cols] > self.limits)
        if not len(much):
            return None
        need, room = problem.need.copy(), problem.room.copy()
        rows, cols = self.rows[much], self.cols[much]
        room[cols] = np.minimum(given[cols], self.limits[much])
        need[rows] = self.limits[much] - room[cols]
        return replace(problem, need=need, room=room)


def joint_of(table: Table, problem: Problem) -> Joint:
    """Those whose limit over both roles could bind."""
    col = {one.id: j for j, one in enumerate(table.mentors)}

    def taken(row: int, column: int) -> int:
        """Sessions that are decided already."""
        return int(table.need[row] - problem.need[row] + table.room[column] - problem.room[column])

    found = [
        (i, col[one.id], one.together - taken(i, col[one.id]))
        for i, one in enumerate(table.mentees)
        if one.together is not None
        and one.id in col
        and table.need[i] + table.room[col[one.id]] > one.together
    ]
    numbers = np.array(found, np.int64).reshape(len(found), 3)
    return Joint(numbers[:, 0], numbers[:, 1], numbers[:, 2])


def solve_exactly(problem: Problem, joint: Joint, edges: Edges) -> Solved | None:
    """The best choice among `edges`, None when it was not proven within the effort."""
    model = cp_model.CpModel()
    use = [model.new_bool_var("") for _ in range(len(edges))]
    of_row = _counted(model, use, edges.rows, problem.need)
    of_col = _counted(model, use, edges.cols, problem.room)
    for row, col, limit in zip(joint.rows, joint.cols, joint.limits, strict=True):
        model.add(sum(of_row[row]) + sum(of_col[col]) <= int(limit))
    worth: list[tuple[cp_model.IntVar, int]] = list(zip(use, edges.suits.tolist(), strict=True))
    for groups, worths in ((of_row, problem.row_worth), (of_col, problem.col_worth)):
        for group, value in zip(groups, worths.tolist(), strict=True):
            if group:
                met = model.new_bool_var("")
                model.add(sum(group) >= met)
                worth.append((met, value))
    model.maximize(sum(value * var for var, value in worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    chosen = np.array([solver.boolean_value(one) for one in use], np.bool_)
    total = int(edges.suits[chosen].sum(dtype=np.int64))
    return Solved(edges, chosen, problem.people(edges, chosen), total, 0, 1)


def _counted(
    model: cp_model.CpModel,
    use: list[cp_model.IntVar],
    numbers: npt.NDArray[np.int32],
    limits: Ints,
) -> list[list[cp_model.IntVar]]:
    groups: list[list[cp_model.IntVar]] = [[] for _ in limits]
    for one, number in zip(use, numbers.tolist(), strict=True):
        groups[number].append(one)
    for group, limit in zip(groups, limits.tolist(), strict=True):
        if group:
            model.add(sum(group) <= limit)
    return groups
