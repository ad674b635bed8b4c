"""All allowed pairs of a round: a good few to start from, and those that prices say could improve.

Up to some millions they are kept; beyond, they are swept anew each time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.matching.prices import Prices
from bot.matching.sweep import Edges, Tile, joined, swept
from bot.matching.table import Table

T = TypeVar("T")
Ints = npt.NDArray[np.int64]
KEPT = 5_000_000
FEW = 8  # pairs to start with, a mentee and topic
FEWER = 3  # and among every eighth mentor
SPREAD = 8
NEARLY = 20  # points that a pair may lack to be added with those that gain
LEVEL = 2**14
"""Between a pair's worth (1000) and what forbids it (NEVER, -100,000), with room on both sides."""
MORE = 12  # pairs to add, a mentee and topic or part of the kept pairs


@dataclass(frozen=True, slots=True)
class Pool:
    """`kept` is None when there are too many."""

    table: Table
    start: Edges
    count: int
    partners: Ints  # of each mentee: mentors that no rule forbids
    seekers: Ints  # of each mentor: mentees
    kept: tuple[Edges, ...] | None

    def improving(self, prices: Prices, chosen: Edges, floor: int = 0) -> tuple[Edges, int]:
        """Of the pairs of at least `floor` that were not chosen those worth adding, and the most
        that all of them together could gain. Those that nearly gain are added too: when prices
        move they are next, and each round saved is a solve and a sweep."""
        width = len(self.table.mentors)
        taken = np.sort(chosen.keys(width))

        def look(part: Edges) -> tuple[Edges, Edges, Ints]:
            gains = prices.gains(part)
            use = np.flatnonzero((gains > -NEARLY) & (part.suits >= floor))
            use = use[~_is_in(part.take(use).keys(width), taken)]
            part, gains = part.take(use), gains[use]
            order = np.lexsort((-gains, part.rows))
            add = part.take(order[_rank_in_row(part.rows[order]) < MORE])
            return add, part.take(gains > 0), gains[gains > 0]

        most = np.zeros(len(self.table.mentees), np.int64)
        every = np.zeros(len(self.table.mentees), np.int64)
        found = []
        for add, part, gains in self._looked(look, prices):
            np.maximum.at(most, part.rows, gains)
            np.add.at(every, part.rows, gains)
            found.append(add)
        return joined(found), int(np.minimum(every, most * self.table.need).sum())

    def _looked(self, look: Callable[[Edges], T], prices: Prices) -> Iterator[T]:
        if self.kept is not None:
            return map(look, self.kept)
        return swept(self.table, lambda tile: look(tile.edges(_gaining(tile, prices))))


def _is_in(keys: Ints, taken: Ints) -> npt.NDArray[np.bool_]:
    """As np.isin, which would sort all that are `taken` again for every tile."""
    if not len(taken):
        return np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
    return np.asarray(taken[at] == keys)


def _gaining(tile: Tile, prices: Prices) -> npt.NDArray[np.bool_]:
    """The allowed pairs of a tile that nearly gain or do: worth `col[j] - row[i]` and more.

    Prices are far apart, since a person counts more than all suitability, and the numbers that
    matter are small. So mentees are taken by the level of their price, and the rest fits a float:
    3 s for a sweep of 100,000 people where 64-bit integers take 9 s."""
    price = prices.row[tile.rows]
    levels, level = np.unique(price // LEVEL, return_inverse=True)
    own = (price - levels[level] * LEVEL + NEARLY).astype(np.float32)
    asked = prices.col[tile.cols] - levels[:, None] * LEVEL
    limits = np.clip(asked, -2 * LEVEL, 2 * LEVEL).astype(np.float32)
    gaining: npt.NDArray[np.bool_] = tile.points + own[:, None] > limits[level]
    return gaining


def pool_of(table: Table, kept: int = KEPT) -> Pool:
    """Sweeps once; keeps the pairs if there are at most `kept`."""
    partners = np.zeros(len(table.mentees), np.int64)
    seekers = np.zeros(len(table.mentors), np.int64)
    start: list[Edges] = []
    keep: list[Edges] = []
    count = 0

    def look(tile: Tile) -> tuple[Tile, npt.NDArray[np.bool_], Edges, Edges | None]:
        allowed = tile.points >= 0
        return tile, allowed, _few(tile), tile.edges(allowed) if count <= kept else None

    for tile, allowed, few, every in swept(table, look):
        partners[tile.rows] += allowed.sum(axis=1)
        seekers[tile.cols] += allowed.sum(axis=0)
        count += int(np.count_nonzero(allowed))
        start.append(few)
        if every is not None and count <= kept:
            keep.append(every)
    kept_pairs = (joined(keep),) if count <= kept else None
    return Pool(table, joined(start), count, partners, seekers, kept_pairs)


def _few(tile: Tile) -> Edges:
    """The best of each mentee, and the best among every eighth mentor, another eighth for each: the
    favourites of all cannot take all, and the others have somebody from the start."""
    use = np.zeros(tile.points.shape, np.bool_)
    _mark_best(tile.points, use, FEW)
    for n in range(SPREAD):
        _mark_best(tile.points[n::SPREAD, n::SPREAD], use[n::SPREAD, n::SPREAD], FEWER)
    return tile.edges(use & (tile.points >= 0))


def _mark_best(points: npt.NDArray[np.float32], use: npt.NDArray[np.bool_], few: int) -> None:
    if points.shape[1] <= few:
        use[:] = True
        return
    best = np.argpartition(points, -few, axis=1)[:, -few:]
    np.put_along_axis(use, best, True, axis=1)


def _rank_in_row(rows: npt.NDArray[np.int32]) -> Ints:
    """0 for the first of each run of equal rows, 1 for the next, and so on."""
    if not len(rows):
        return np.zeros(0, np.int64)
    first = np.r_[True, rows[1:] != rows[:-1]]
    here = np.arange(len(rows))
    rank: Ints = here - np.maximum.accumulate(np.where(first, here, 0))
    return rank
