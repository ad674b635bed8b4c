"""What one session more of each person would be worth: the dual prices of a flow.

OR-tools keeps its own to itself, so they are found anew from the flow: the shortest way of each
node to the sink in what the flow leaves. With them any pair that was left out can be asked whether
it could improve the plan, and by how much at most.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.flow import Problem
from bot.matching.sweep import Edges

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
FAR = np.int64(2**60)


@dataclass(frozen=True, slots=True)
class Prices:
    """A pair of suitability s could gain at most `s + row[i] - col[j]`, if that is above 0."""

    row: Ints
    col: Ints

    def gains(self, edges: Edges) -> Ints:
        """What each pair could gain at most; 0 or less for those that cannot."""
        gained: Ints = self.row[edges.rows] - self.col[edges.cols] + edges.suits
        return gained


def prices_of(problem: Problem, edges: Edges, chosen: Mask) -> Prices:
    """For the best flow on `edges`: no edge that was not chosen gains."""
    served, given = problem.served(edges, chosen)
    row = np.where(served <= 1, problem.row_worth, 0)
    col = np.where(given == 0, -problem.col_worth, np.where(given < problem.room, 0, FAR))
    back = edges.take(chosen)
    order = np.argsort(edges.cols, kind="stable")
    to_row, worth = edges.rows[order], edges.suits[order].astype(np.int64)
    worth[chosen[order]] = -FAR
    ends = np.searchsorted(edges.cols[order], np.arange(len(col) + 1))
    changed = np.flatnonzero(col < FAR)
    while True:
        pick = ranges(ends[changed], ends[changed + 1])
        asked = np.repeat(col[changed], ends[changed + 1] - ends[changed])
        np.minimum.at(row, to_row[pick], asked - worth[pick])
        cheaper = col.copy()
        np.minimum.at(cheaper, back.cols, row[back.rows] + back.suits)
        changed = np.flatnonzero(cheaper < col)
        col = cheaper
        if not len(changed):
            return Prices(row, col)


def ranges(starts: Ints, ends: Ints) -> Ints:
    """All numbers from each start to before its end."""
    counts = ends - starts
    if not counts.sum():
        return np.zeros(0, np.int64)
    first = np.repeat(starts - np.cumsum(counts) + counts, counts)
    numbers: Ints = first + np.arange(len(first))
    return numbers
