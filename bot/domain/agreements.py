"""What two people may agree, and what follows from it in time: the rhythm, the end, the review."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from typing import Final

from bot.domain.hours import DAY, WorkingHours, moment_at
from bot.domain.programmes import Every


class Activity(StrEnum):
    """What the two do together besides talking."""

    ROLE_PLAY = auto()  # an interview, a hard conversation
    SHADOWING = auto()  # one watches the other at work
    LEADING = auto()  # the mentee leads a meeting and hears how it went
    EVENT = auto()  # going somewhere together
    ISSUE = auto()  # whatever is on the mentee's desk that week


class Stage(StrEnum):
    """Where on their way the two are when they meet: what is worth talking about depends on it."""

    FIRST = auto()
    MIDDLE = auto()
    REVIEW = auto()  # half-way
    LAST = auto()


RHYTHMS: Final = (Every.WEEK, Every.TWO_WEEKS, Every.MONTH)
INTERVAL: Final = {
    Every.WEEK: timedelta(days=7),
    Every.TWO_WEEKS: timedelta(days=14),
    Every.FOUR_WEEKS: timedelta(days=28),
    Every.MONTH: timedelta(days=30),
}
MONTHS: Final = tuple(range(1, 13))
QUIET_AFTER: Final = 1.5  # agreed intervals without a session: a quiet word (product.md 6.3)
STILL_AFTER: Final = 3.0  # twice that: wind up, or start afresh
LAST_LOOK: Final = timedelta(days=14)  # before the end: there is time to agree on more
ROOM: Final = timedelta(days=2)  # a session is planned at least so far ahead
_SWALLOWED: Final = 14  # days that holidays may put a session off


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def ends_on(started_on: date, months: int) -> date:
    """The local date on which a relationship of so many months is over."""
    return months_later(started_on, months)


def reviews_on(started_on: date, months: int, today: date) -> date | None:
    """When the two next look at their agreement: half-way, then two weeks before the end."""
    end = ends_on(started_on, months)
    half = started_on + (end - started_on) // 2
    looks = (half, end - LAST_LOOK) if months > 1 else (end - LAST_LOOK,)
    return next((day for day in looks if day > today), None)


def stage_of(
    day: date, *, talked: bool, every: Every, started_on: date | None, until: date | None
) -> Stage:
    """The stage of a meeting on this local day.

    `talked`: they met before by this agreement. The review is the first meeting from half-way on,
    the last one that after which the rhythm leaves no other before `until`.
    """
    if not talked:
        return Stage.FIRST
    if started_on is None or until is None:
        return Stage.MIDDLE
    if day + INTERVAL[every] > until:
        return Stage.LAST
    half = started_on + (until - started_on) // 2
    return Stage.REVIEW if half <= day < half + INTERVAL[every] else Stage.MIDDLE


def next_start(start: datetime, every: Every, pair: Sequence[WorkingHours]) -> datetime:
    """The next meeting after the one at `start` (UTC): the same local time an interval later.

    The calendar is that of the first of the pair; a day that either has off is put off.
    """
    first = pair[0]
    local = start.astimezone(first.tz)
    day = local.date()
    day = months_later(day, 1) if every is Every.MONTH else day + INTERVAL[every]
    for _ in range(_SWALLOWED):
        if all(hours.is_working_day(day) for hours in pair):
            break
        day += DAY
    return moment_at(day, local.time(), first.tz)


def first_ahead(
    start: datetime, every: Every, pair: Sequence[WorkingHours], now: datetime
) -> datetime:
    """The first meeting of the rhythm after `start` that leaves both a little time to prepare."""
    moment = next_start(start, every, pair)
    while moment < now + ROOM:
        moment = next_start(moment, every, pair)
    return moment
