"""How well what someone offers answers what someone seeks, for any number of people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.matching.people import Member
from bot.matching.reasons import UNKNOWN

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

SOUGHT: Final = (5, 3, 2, 1)
"""How much the first, second, third and any later topic that someone seeks counts."""
OFFERED: Final = (1.0, 0.9, 0.8)
"""How much of that an offer of it earns as a mentor's first, second and any later topic."""
BLANK: Final = 0
"""The topic of those who seek nothing: half answered by everybody."""


@dataclass(frozen=True, slots=True)
class Topics:
    """`sought[i, k]` is the k-th topic of mentee i and `parts[i, k]` its share of their wishes;
    `offered[t, j]` is how well mentor j answers topic t, 0 to 1."""

    sought: npt.NDArray[np.int32]
    parts: Floats
    offered: Floats
    open_mentor: npt.NDArray[np.bool_]  # offers nothing in particular: may be anybody's

    def grid(self, rows: Ints, offered: Floats) -> Floats:
        """The share of every mentee in `rows` with every column of `offered`."""
        total = np.zeros((len(rows), offered.shape[1]), np.float32)
        for k in range(self.sought.shape[1]):
            if self.parts[rows, k].any():
                total += offered[self.sought[rows, k]] * self.parts[rows, k, None]
        return total

    def along(self, rows: Ints, cols: Ints) -> Floats:
        """The share of pairs: mentee `rows[n]` with mentor `cols[n]`."""
        total = np.zeros(len(rows), np.float32)
        for k in range(self.sought.shape[1]):
            total += self.offered[self.sought[rows, k], cols] * self.parts[rows, k]
        return total


def topics_of(mentees: Sequence[Member], mentors: Sequence[Member], *, ranked: bool) -> Topics:
    """`ranked` False: every topic counts the same, on both sides."""
    names = sorted({t for one in mentees for t in one.seeks})
    number = {name: n for n, name in enumerate(names, start=1)}
    widest = max((len(set(one.seeks)) for one in mentees), default=0) or 1
    sought = np.zeros((len(mentees), widest), np.int32)
    parts = np.zeros((len(mentees), widest), np.float32)
    parts[:, 0] = 1.0
    shares = [_shares(count, ranked=ranked) for count in range(widest + 1)]
    for i, mentee in enumerate(mentees):
        own = list(dict.fromkeys(mentee.seeks))
        if own:
            sought[i, : len(own)] = [number[name] for name in own]
            parts[i, : len(own)] = shares[len(own)]
    offered = np.zeros((len(names) + 1, len(mentors)), np.float32)
    offered[BLANK] = UNKNOWN
    open_mentor = np.array([not one.offers for one in mentors], np.bool_)
    offered[:, open_mentor] = UNKNOWN
    for j, mentor in enumerate(mentors):
        for k, name in reversed(list(enumerate(mentor.offers))):
            if name in number:
                earned = OFFERED[min(k, len(OFFERED) - 1)] if ranked else 1.0
                offered[number[name], j] = earned
    return Topics(sought, parts, offered, open_mentor)


def _shares(count: int, *, ranked: bool) -> list[float]:
    """What each of so many topics is of someone's wishes."""
    counts = [SOUGHT[min(k, len(SOUGHT) - 1)] if ranked else 1 for k in range(count)]
    return [one / sum(counts) for one in counts]
