"""The circles of a plan of peers: a pair, or a pair with a third, and what speaks for it."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from bot.matching.explain import reasons_of
from bot.matching.reasons import MatchReason
from bot.matching.table import Table


@dataclass(frozen=True, slots=True)
class Circle:
    """Two or three peers: suitability 0 to 1000 (the mean over its pairs), and what speaks for
    it."""

    ids: tuple[int, ...]
    suitability: int
    reasons: tuple[MatchReason, ...]
    locked: bool = False


def with_thirds(
    pairs: list[tuple[int, int]], free: list[int], suits: npt.NDArray[np.int16]
) -> list[tuple[int, ...]]:
    """Those left over join a pair, each the one they suit best, the best suited first."""
    offers = []
    for one in free:
        for n, (i, j) in enumerate(pairs):
            if suits[one, i] >= 0 and suits[one, j] >= 0:
                offers.append((-int(suits[one, i]) - int(suits[one, j]), one, n))
    groups: list[tuple[int, ...]] = list(pairs)
    placed: set[int] = set()
    for _, one, n in sorted(offers):
        if one not in placed and len(groups[n]) == len(pairs[n]):
            groups[n] = (*groups[n], one)
            placed.add(one)
    return groups


def circles_of(
    table: Table,
    groups: list[tuple[int, ...]],
    suits: npt.NDArray[np.int16],
    fixed: set[tuple[int, int]],
) -> tuple[Circle, ...]:
    """The groups (positions in the table) as circles, in order of their ids; `fixed` are locked."""
    ways = [(n, i, j) for n, group in enumerate(groups) for i, j in permutations(group, 2)]
    rows = np.array([i for _, i, _ in ways], np.int64)
    cols = np.array([j for _, _, j in ways], np.int64)  # everybody is a row and a column alike
    said: list[dict[object, MatchReason]] = [{} for _ in groups]
    for (n, _, _), reasons in zip(ways, reasons_of(table, rows, cols), strict=True):
        for reason in reasons:
            said[n].setdefault(reason.key, reason)
    found = []
    for group, reasons_said in zip(groups, said, strict=True):
        mean = np.mean([suits[i, j] for i, j in permutations(group, 2)])
        ids = tuple(sorted(table.mentees[n].id for n in group))
        found.append(Circle(ids, int(mean), tuple(reasons_said.values()), group[:2] in fixed))
    return tuple(sorted(found, key=lambda circle: circle.ids))
