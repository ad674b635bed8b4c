"""In which order what is due is said, where not everything can be said at once."""

from enum import IntEnum
from typing import Final

from bot.domain.job_kinds import MANNERS, URGENT, JobKind
from bot.domain.manners import Manner


class Rank(IntEnum):
    """A job's place among those of its workspace: the lowest first, then the longest due."""

    CHORE = 0  # asks nothing of Slack, and others follow from it
    ANSWER = 1  # somebody has just clicked, and looks at the screen
    SOON = 2  # in a quarter of an hour it is of no use any more
    NEWS = 3
    NUDGE = 4
    MANY = 5  # one of hundreds that a round or a list brings
    PUT_RIGHT = 6  # stands in Slack already
    PUT_MANY_RIGHT = 7


class Track(IntEnum):
    """What does not wait for each other: Slack counts messages and their updates apart."""

    CHORES = 0
    SAID = 1
    PUT_RIGHT = 2


MANY: Final = 100
"""So many jobs planned or touched at once are those of a round or a list, and wait for others."""

_BEFORE_A_TALK: Final = frozenset(
    {JobKind.AGENDA_CARD, JobKind.AGENDA_MISSING, JobKind.AGENDA_NUDGE}
)

_BY_MANNER: Final = {
    Manner.CHORE: Rank.CHORE,
    Manner.ANSWER: Rank.ANSWER,
    Manner.TIMELY: Rank.SOON,
    Manner.NEWS: Rank.NEWS,
    Manner.NUDGE: Rank.NUDGE,
}


def rank_of(kind: JobKind, *, of_many: bool = False) -> Rank:
    """The rank of a job that is planned now; `of_many` with hundreds of others."""
    if kind in URGENT or kind in _BEFORE_A_TALK:
        return Rank.SOON
    rank = _BY_MANNER[MANNERS[kind]]
    return Rank.MANY if of_many and rank not in (Rank.CHORE, Rank.SOON) else rank


def track_of(rank: int) -> Track:
    """With whom a job of this rank waits in one line."""
    if rank == Rank.CHORE:
        return Track.CHORES
    return Track.SAID if rank < Rank.PUT_RIGHT else Track.PUT_RIGHT
