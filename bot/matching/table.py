"""The suitability of any pair of a round, as arrays: in blocks of all with all, or pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.domain.kinds import Role
from bot.matching.exceptions import Exceptions, exceptions_of
from bot.matching.lookups import NEVER, Lookup, lookups_of
from bot.matching.people import Member, Rules, Share
from bot.matching.reasons import ENOUGH_MINUTES, RESTED_AFTER, ReasonKey
from bot.matching.topics import Topics, topics_of
from bot.matching.week import Week, week_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Mentees are rows, mentors columns, in the order given."""

    mentees: tuple[Member, ...]
    mentors: tuple[Member, ...]
    rules: Rules
    topics: Topics
    week: Week
    lookups: tuple[Lookup, ...]
    exceptions: Exceptions
    by_mentor: dict[ReasonKey, Floats]  # points that a mentor brings to every pair
    need: Ints  # sessions a mentee may get
    room: Ints  # sessions a mentor may get

    def weight(self, key: ReasonKey) -> int:
        """What the reason is worth at its best."""
        return self.rules.weights.get(key, 0)

    def topic_points(self, share: Floats) -> Floats:
        """From shares of the mentees' wishes; NEVER where a topic must be shared and none is."""
        points: Floats = np.rint(share * np.float32(self.weight(ReasonKey.AREAS)))
        if Share.TOPIC in self.rules.must_share:
            points[share <= 0] = NEVER
        return points

    def hour_points(self, minutes: Floats) -> Floats:
        """From common minutes a week; NEVER where hours must be shared and none are."""
        worth = np.float32(self.weight(ReasonKey.HOURS) / ENOUGH_MINUTES)
        points: Floats = np.rint(np.minimum(minutes, np.float32(ENOUGH_MINUTES)) * worth)
        if Share.HOURS in self.rules.must_share:
            points[minutes <= 0] = NEVER
        return points

    def parts(self, rows: Ints, cols: Ints) -> dict[ReasonKey, Floats]:
        """The points of pairs by reason, mentee `rows[n]` with mentor `cols[n]`."""
        found = {
            ReasonKey.AREAS: self.topic_points(self.topics.along(rows, cols)),
            ReasonKey.HOURS: self.hour_points(self.week.along(rows, cols)),
            ReasonKey.FRESH: self.weight(ReasonKey.FRESH) + self.exceptions.along(rows, cols),
        }
        for one in self.lookups:
            if one.key is not None:
                found[one.key] = one.points[one.row[rows], one.col[cols]]
        for key, points in self.by_mentor.items():
            found[key] = points[cols]
        return found

    def along(self, rows: Ints, cols: Ints) -> Floats:
        """The suitability of pairs, 0 to 1000; below 0 where a rule forbids them."""
        total = sum(self.parts(rows, cols).values(), np.zeros(len(rows), np.float32))
        for one in self.lookups:
            if one.key is None:
                total = total + one.points[one.row[rows], one.col[cols]]
        return total


def table_of(
    mentees: Sequence[Member],
    mentors: Sequence[Member],
    rules: Rules,
    at: datetime,
    *,
    everyone: Sequence[Member] = (),
    ranked: bool = True,
) -> Table:
    """`at` (aware) chooses the week whose offsets count. `ranked` False: all topics weigh the
    same."""
    return Table(
        tuple(mentees),
        tuple(mentors),
        rules,
        topics_of(mentees, mentors, ranked=ranked),
        week_of(mentees, mentors, at),
        lookups_of(mentees, mentors, rules),
        exceptions_of(mentees, mentors, everyone or (*mentees, *mentors), rules),
        _by_mentor(mentors, rules),
        np.array([one.limit(Role.MENTEE) for one in mentees], np.int64),
        np.array([one.limit(Role.MENTOR) for one in mentors], np.int64),
    )


def _by_mentor(mentors: Sequence[Member], rules: Rules) -> dict[ReasonKey, Floats]:
    shares = {
        ReasonKey.LOAD: [one.as_mentor / max(1, one.as_mentor + one.held) for one in mentors],
        ReasonKey.RESTED: [
            1.0 if one.rested_for is None else min(1.0, max(0.0, one.rested_for / RESTED_AFTER))
            for one in mentors
        ],
    }
    return {
        key: np.rint(rules.weights[key] * np.array(share)).astype(np.float32)
        for key, share in shares.items()
        if rules.weights.get(key, 0)
    }
