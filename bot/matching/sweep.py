"""Every allowed pair of a round, tile by tile, so that memory stays small however many there are.

Where a topic must be shared only people with a common topic are looked at: a block for each topic,
and a pair with several is counted in the block of the mentee's dearest.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.matching.lookups import NEVER
from bot.matching.people import Share
from bot.matching.reasons import ReasonKey
from bot.matching.table import Table

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Block = tuple[Ints, Ints, int]
T = TypeVar("T")
TILE = 250_000  # pairs; its arrays fit the processor's cache
WIDE = 4000  # mentors
TILES = 16  # of a block at most
THREADS = min(4, os.cpu_count() or 1)


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
    for block in _blocks(table):
        yield from _tiles(table, *block)


def swept(table: Table, use: Callable[[Tile], T]) -> Iterator[T]:
    """What `use` makes of every tile, in order; made in threads, since numpy computes beside
    others."""
    blocks = _blocks(table)
    if len(blocks) == 1:
        yield from map(use, _tiles(table, *blocks[0]))
        return
    with ThreadPoolExecutor(THREADS) as threads:
        ahead: deque[Future[list[T]]] = deque()
        for block in blocks:
            ahead.append(threads.submit(lambda one: [use(t) for t in _tiles(table, *one)], block))
            if len(ahead) > 2 * THREADS:  # so that what nobody has taken yet stays small
                yield from ahead.popleft().result()
        for made in ahead:
            yield from made.result()


def _blocks(table: Table) -> list[Block]:
    """Mentees and mentors to be looked at all with all, but for pairs that share one of the
    mentee's first so many topics."""
    rows = np.flatnonzero(table.need > 0)
    rows = rows[np.argsort(table.week.zone[rows], kind="stable")]
    cols = np.flatnonzero(table.room > 0)
    if Share.TOPIC not in table.rules.must_share or len(rows) * len(cols) <= TILE:
        return _parts(rows, cols, 0)
    topics = table.topics
    blank = topics.sought[rows, 0] == 0
    is_open = topics.open_mentor[cols]
    found = _parts(rows[blank], cols, 0) + _parts(rows[~blank], cols[is_open], 0)
    rows, cols = rows[~blank], cols[~is_open]
    offering = [cols[offered > 0] for offered in topics.offered[:, cols]]
    for k in range(topics.sought.shape[1]):
        seek = np.where(topics.parts[rows, k] > 0, topics.sought[rows, k], 0)
        order = np.argsort(seek, kind="stable")
        bounds = np.searchsorted(seek[order], np.arange(len(offering) + 1))
        for topic in range(1, len(offering)):
            part = rows[order[bounds[topic] : bounds[topic + 1]]]
            found += _parts(part, offering[topic], k)
    return found


def _parts(rows: Ints, cols: Ints, dearer: int) -> list[Block]:
    """So small that threads share the work evenly."""
    if not len(rows) or not len(cols):
        return []
    parts = [cols[n : n + WIDE] for n in range(0, len(cols), WIDE)]
    step = max(1, TILES * TILE // len(parts[0]))
    return [(rows[n : n + step], part, dearer) for part in parts for n in range(0, len(rows), step)]


def _tiles(table: Table, rows: Ints, cols: Ints, dearer: int) -> Iterator[Tile]:
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
