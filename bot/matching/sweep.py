"""Every allowed pair of a round, tile by tile, so that memory stays small however many there are.

Where a topic must be shared only people with a common topic are looked at: a block for each topic,
and a pair with several is counted in the block of the mentee's dearest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.lookups import NEVER
from bot.matching.people import Share
from bot.matching.reasons import ReasonKey
from bot.matching.table import Table

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
TILE = 500_000  # pairs; its arrays fit the processor's cache


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs: mentee `rows[n]` and mentor `cols[n]`, of suitability `suits[n]`."""

    rows: npt.NDArray[np.int32]
    cols: npt.NDArray[np.int32]
    suits: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, which: npt.NDArray[np.generic]) -> "Edges":
        """Some of them, by mask or number."""
        return Edges(self.rows[which], self.cols[which], self.suits[which])

    def keys(self, width: int) -> Ints:
        """A number for each pair, when there are `width` mentors."""
        return self.rows.astype(np.int64) * width + self.cols


@dataclass(frozen=True, slots=True)
class Tile:
    """All of `rows` with all of `cols`; `points` below 0 are forbidden, or in another tile."""

    rows: Ints
    cols: Ints
    points: Floats

    def edges(self, which: npt.NDArray[np.bool_]) -> Edges:
        """The pairs of the tile that `which` marks."""
        r, c = np.nonzero(which)
        return Edges(
            self.rows[r].astype(np.int32),
            self.cols[c].astype(np.int32),
            self.points[r, c].astype(np.int16),
        )


def joined(parts: list[Edges]) -> Edges:
    """One after the other."""
    if not parts:
        return Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int16))
    return Edges(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.cols for part in parts]),
        np.concatenate([part.suits for part in parts]),
    )


def all_edges(table: Table, limit: int) -> Edges | None:
    """Every allowed pair, None when there are more than `limit`."""
    parts, count = [], 0
    for tile in tiles(table):
        parts.append(tile.edges(tile.points >= 0))
        count += len(parts[-1])
        if count > limit:
            return None
    return joined(parts)


def tiles(table: Table) -> Iterator[Tile]:
    """Every allowed pair of available people is in exactly one tile."""
    rows = np.flatnonzero(table.need > 0)
    rows = rows[np.argsort(table.week.zone[rows], kind="stable")]
    cols = np.flatnonzero(table.room > 0)
    if Share.TOPIC not in table.rules.must_share:
        yield from _block(table, rows, cols, 0)
        return
    topics = table.topics
    blank = topics.sought[rows, 0] == 0
    yield from _block(table, rows[blank], cols, 0)
    rows = rows[~blank]
    is_open = topics.open_mentor[cols]
    yield from _block(table, rows, cols[is_open], 0)
    cols = cols[~is_open]
    for k in range(topics.sought.shape[1]):
        seek = np.where(topics.parts[rows, k] > 0, topics.sought[rows, k], 0)
        order = np.argsort(seek, kind="stable")
        bounds = np.searchsorted(seek[order], np.arange(1, topics.offered.shape[0] + 1))
        for topic in range(1, topics.offered.shape[0]):
            part = rows[order[bounds[topic - 1] : bounds[topic]]]
            if len(part):
                yield from _block(table, part, cols[topics.offered[topic, cols] > 0], k)


def _block(table: Table, rows: Ints, cols: Ints, dearer: int) -> Iterator[Tile]:
    """All with all, leaving out pairs that share one of the mentee's first `dearer` topics."""
    if not len(rows) or not len(cols):
        return
    offered = np.ascontiguousarray(table.topics.offered[:, cols])
    answers = np.ascontiguousarray(table.week.answers[:, cols])
    looked = [(one.row, one.points[:, one.col[cols]]) for one in table.lookups]
    position = np.full(len(table.mentors), -1)
    position[cols] = np.arange(len(cols))
    always = sum(
        (points[cols] for points in table.by_mentor.values()),
        np.full(len(cols), table.weight(ReasonKey.FRESH), np.float32),
    )
    step = max(1, TILE // len(cols))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        points = table.topic_points(table.topics.grid(part, offered))
        points += table.hour_points(table.week.grid(part, answers))
        points += always
        for row, lookup in looked:
            points += lookup[row[part]]
        for k in range(dearer):
            points[offered[table.topics.sought[part, k]] > 0] = NEVER
        _except(table, part, position, points)
        yield Tile(part, cols, points)


def _except(table: Table, rows: Ints, position: Ints, points: Floats) -> None:
    where, number = table.exceptions.of(rows)
    at = position[table.exceptions.cols[number]]
    inside = at >= 0
    points[where[inside], at[inside]] += table.exceptions.loses[number[inside]]
