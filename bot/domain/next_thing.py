"""Of all that is open for one person, the one thing to do next. Pure, and the same each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, auto
from typing import Final

PRESSING: Final = timedelta(days=1)
"""What has its hour within this time comes before all that has not."""


class What(StrEnum):
    """What can be done next, in the order of whom it keeps waiting: a talk, a partner, oneself."""

    MEET = auto()  # the talk is today, or on
    SAY_OUTCOME = auto()  # did it take place?
    ANSWER_OFFER = auto()  # somebody asks for help
    DECIDE = auto()  # an answer to their own request asks something of them
    SIGN = auto()  # an agreement, or the wish for one
    SET_TIME = auto()
    WRITE_AGENDA = auto()
    SAY_THANKS = auto()
    DO_STEP = auto()
    DO_TASK = auto()  # of a series


_RANK: Final = {what: rank for rank, what in enumerate(What)}
_FAR: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Open:
    """Something open: what, about which row, and by when, if there is an hour to it (UTC)."""

    what: What
    subject_id: int
    by: datetime | None = None


def next_thing(things: Iterable[Open], now: datetime) -> Open | None:
    """The one to do first; None when nothing is open.

    What has its hour within a day (or had it) comes first; then whatever keeps others waiting most;
    then the earliest; then the oldest.
    """

    def order(each: Open) -> tuple[bool, int, datetime, int]:
        by = each.by or _FAR
        pressing = each.by is not None and each.by <= now + PRESSING
        return not pressing, _RANK[each.what], by, each.subject_id

    return min(things, key=order, default=None)
