"""Common free minutes for any number of people at once: half-days, shifted between zones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from bot.domain.kinds import Window
from bot.matching.overlap import free_spans
from bot.matching.people import Member
from bot.matching.reasons import ENOUGH_MINUTES, UNKNOWN

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
HALF_DAYS = tuple(Window)
ANY = len(HALF_DAYS)  # of a mentee: free hours unknown; of a mentor: minutes with such a mentee
KNOWN = ANY + 1  # of a mentee: free hours known; of a mentor: minutes then, if theirs are unknown
ALONE = 200_000
"""Multiplications up to which OpenBLAS starts no threads of its own, which only get in the way of a
sweep's: 0.4 s instead of 0.7 s for 50,000 people on two cores."""


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of mentee i with mentor j are `free[i] · answers[zone[i], j]`: ten half-days and two
    columns for the unknown. A zone is one set of offsets in the week in question, not a name."""

    free: Floats
    zone: Ints
    answers: Floats

    def grid(self, rows: Ints, answers: Floats) -> Floats:
        """Minutes of every mentee in `rows` (in order of zone) with every column of `answers`."""
        minutes = np.empty((len(rows), answers.shape[1]), np.float32)
        zones = self.zone[rows]
        starts = np.flatnonzero(np.r_[True, zones[1:] != zones[:-1]])
        step = max(1, ALONE // answers[0].size)
        for first, last in zip(starts, [*starts[1:], len(rows)], strict=True):
            theirs = answers[zones[first]].T
            for start in range(first, last, step):
                end = min(start + step, last)
                np.matmul(self.free[rows[start:end]], theirs, out=minutes[start:end])
        return minutes

    def along(self, rows: Ints, cols: Ints) -> Floats:
        """Minutes of pairs: mentee `rows[n]` with mentor `cols[n]`."""
        theirs = self.answers[self.zone[rows], cols]
        minutes: Floats = np.einsum("nd,nd->n", self.free[rows], theirs)
        return minutes


def week_of(mentees: Sequence[Member], mentors: Sequence[Member], at: datetime) -> Week:
    """The calendar week after the one of `at` (aware)."""
    spans: dict[str | None, int] = {}
    known: dict[tuple[int, ...], int] = {}
    for one in (*mentees, *mentors):
        if one.zone not in spans:
            spans[one.zone] = known.setdefault(_half_days(one.zone, at), len(known))
    edges = np.array(list(known), np.int64).reshape(len(known), ANY, 2)
    answers = np.zeros((len(known), len(mentors), KNOWN + 1), np.float32)
    answers[:, :, ANY] = UNKNOWN * ENOUGH_MINUTES
    theirs = _ticked(mentors)
    their_zone = np.array([spans[one.zone] for one in mentors], np.int64)
    for zone in range(len(known)):
        for other in range(len(known)):
            use = np.flatnonzero(their_zone == other)
            answers[zone, use, :ANY] = theirs[use] @ _shared(edges[zone], edges[other]).T
    answers[:, theirs.sum(axis=1) == 0, KNOWN] = UNKNOWN * ENOUGH_MINUTES
    free = np.zeros((len(mentees), KNOWN + 1), np.float32)
    free[:, :ANY] = _ticked(mentees)
    free[:, KNOWN] = free[:, :ANY].any(axis=1)
    free[:, ANY] = 1 - free[:, KNOWN]
    return Week(free, np.array([spans[one.zone] for one in mentees], np.int64), answers)


def _half_days(zone: str | None, at: datetime) -> tuple[int, ...]:
    """Minutes at which the ten half-days start and end, in turn."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    spans = [free_spans(frozenset({window}), zone, at)[0] for window in HALF_DAYS]
    return tuple(int((moment - epoch).total_seconds() // 60) for span in spans for moment in span)


def _shared(ours: Ints, theirs: Ints) -> Floats:
    """The minutes that our half-day (row) and theirs (column) have in common."""
    latest_start = np.maximum(ours[:, None, 0], theirs[None, :, 0])
    first_end = np.minimum(ours[:, None, 1], theirs[None, :, 1])
    shared: Floats = np.maximum(0, first_end - latest_start).astype(np.float32)
    return shared


def _ticked(members: Sequence[Member]) -> Floats:
    number = {window: n for n, window in enumerate(HALF_DAYS)}
    ticked = [n * ANY + number[window] for n, one in enumerate(members) for window in one.windows]
    ticks = np.zeros(len(members) * ANY, np.float32)
    ticks[ticked] = 1
    return ticks.reshape(len(members), ANY)
