"""People who want so many sessions in either role together: a limit that no flow can express.

On small rounds an integer program keeps it exactly (CP-SAT, one worker and counted effort, so that
the same round gives the same plan). On large ones a rule does: solve as if the roles were separate;
of the pairs found, the most urgent and then the best first, keep those that fit together; whoever
got too many has the roles of the pairs kept from then on; solve again, until nobody has too many.
Of 4,000 people who want one session in either role it matches 96 %.
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
Mask = npt.NDArray[np.bool_]
EXACT_UP_TO: Final = 3_000
"""Allowed pairs."""
EFFORT: Final = 2.0
"""Of CP-SAT, in its own deterministic seconds, for each solve; most take a tenth of one. Those that
do not close leave an odd person open: the plan is used, and the gap said."""
EFFORT_TO_LIFT: Final = 0.5
"""The same for each floor tried; there are some eight."""


@dataclass(frozen=True, slots=True)
class Joint:
    """People with both roles and a limit over both: their row, their column, their limit."""

    rows: Ints
    cols: Ints
    limits: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def over(self, problem: Problem, solved: Solved, *, last: bool = False) -> Problem | None:
        """With the roles settled for those who got too many, None when nobody did. Who kept no pair
        stays open to both roles, but the `last` time and when nobody kept one."""
        served, given = problem.served(solved.edges, solved.chosen)
        much = served[self.rows] + given[self.cols] > self.limits
        if not much.any():
            return None
        served, given = problem.served(solved.edges, self._fitting(problem, solved))
        kept = much & (served[self.rows] + given[self.cols] > 0)
        settled = np.flatnonzero(much if last or not kept.any() else kept)
        rows, cols, limits = self.rows[settled], self.cols[settled], self.limits[settled]
        need, room = problem.need.copy(), problem.room.copy()
        hosts = given[cols] > 0
        need[rows] = np.minimum(need[rows], np.where(hosts, served[rows], limits))
        room[cols] = np.minimum(room[cols], np.where(hosts, limits - served[rows], 0))
        return replace(problem, need=need, room=room)

    def _fitting(self, problem: Problem, solved: Solved) -> Mask:
        """Of the pairs chosen as many as keep to all limits, the most urgent and best first."""
        rows, cols = solved.edges.rows, solved.edges.cols
        urgent = problem.row_worth[rows] + problem.col_worth[cols]
        order = np.lexsort((-solved.edges.suits, -urgent))
        left = self.limits.tolist()
        of_row = dict(zip(self.rows.tolist(), range(len(left)), strict=True))
        of_col = dict(zip(self.cols.tolist(), range(len(left)), strict=True))
        fitting = np.zeros(len(rows), np.bool_)
        for n in order[solved.chosen[order]].tolist():
            bound = [of[one] for of, one in ((of_row, rows[n]), (of_col, cols[n])) if one in of]
            if all(left[one] > 0 for one in bound):
                fitting[n] = True
                for one in bound:
                    left[one] -= 1
        return fitting


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


def solve_exactly(
    problem: Problem, joint: Joint, edges: Edges, effort: float = EFFORT
) -> Solved | None:
    """The best choice among `edges` and how far it can be from the best: mostly 0. None when the
    effort was not enough for any."""
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
    solver.parameters.max_deterministic_time = effort
    # 40 people: 0.02 s with every row in the linear program and nothing probed first, and without
    # the two unfinished after 14 s
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    chosen = np.array([solver.boolean_value(one) for one in use], np.bool_)
    total = int(edges.suits[chosen].sum(dtype=np.int64))
    people = problem.people(edges, chosen)
    gain = round(solver.best_objective_bound) - people - total
    return Solved(edges, chosen, people, total, gain, 1)


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
