"""Starts to propose to people who look for a time: hours that suit all of them (product.md 3.2).

Moments go in and come out aware UTC. What somebody is free for is cut from their own calendar, day
by day, in their own zone, so that clock changes and public holidays are right for each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from bot.domain.hours import DAY, WorkingHours, moment_at
from bot.domain.kinds import Window

Span = tuple[datetime, datetime]

MOST: Final = 8
"""How many starts are proposed; Slack shows ten boxes in one list."""

DAYS_AHEAD: Final = 10
"""Working days of the first person, from the first that is looked at."""

SOONEST: Final = timedelta(days=1)
"""After the last of them has heard of it: there is an agenda to write, and to read."""

STEP: Final = timedelta(minutes=30)
"""Starts are at the hour or the half hour on the first person's clock."""


@dataclass(frozen=True, slots=True)
class Free:
    """When somebody could meet: in their working hours, in the half-days they named (none: in any),
    and not in what they have agreed to already."""

    hours: WorkingHours
    windows: frozenset[Window] = frozenset()
    busy: tuple[Span, ...] = ()

    def spans(self, day: date) -> list[Span]:
        """The free spans of one local day (UTC), in their order."""
        open_hours = self.hours.span(day)
        if open_hours is None:
            return []
        if not self.windows:
            return [open_hours]
        tz = self.hours.tz
        named = [
            (moment_at(day, window.starts, tz), moment_at(day, window.ends, tz))
            for window in Window
            if window in self.windows and window.weekday == day.weekday()
        ]
        return [span for each in _joined(named) if (span := _common(each, open_hours)) is not None]


def propose(
    people: Sequence[Free], now: datetime, length: timedelta, *, most: int = MOST
) -> list[datetime]:
    """Up to `most` starts that suit all, in their order, spread over days and over the day.

    The first of `people` is the one whose clock and calendar count the days. Nothing comes back
    when their free hours never meet within the days looked at.
    """
    first = people[0].hours
    soonest = max(each.hours.next_open(now) for each in people) + SOONEST
    starts = [
        start
        for day in _working_days(first, soonest)
        for start in _starts(people, first, day, length)
        if start >= soonest
    ]
    days = [list(found) for _, found in groupby(starts, key=first.local_day)]
    return sorted(_spread([_ordered(day, n) for n, day in enumerate(days)], length, most))


def common(ticks: Iterable[Iterable[datetime]], now: datetime) -> datetime | None:
    """The earliest start that everybody has ticked and that is still to come."""
    shared = set.intersection(*(set(each) for each in ticks))
    return min((start for start in shared if start > now), default=None)


def _working_days(hours: WorkingHours, moment: datetime) -> Iterator[date]:
    day = hours.local_day(hours.next_open(moment))
    left = DAYS_AHEAD
    for _ in range(400):
        if hours.span(day) is not None:
            yield day
            left -= 1
        if not left:
            return
        day += DAY


def _starts(
    people: Sequence[Free], first: WorkingHours, day: date, length: timedelta
) -> Iterator[datetime]:
    """Each full or half hour of the first person's day at which everybody is free for it all."""
    shared = people[0].spans(day)
    for other in people[1:]:
        # Their calendars may say yesterday or tomorrow at that moment.
        days = (day - DAY, day, day + DAY)
        theirs = [span for each in days for span in other.spans(each)]
        shared = [both for a in shared for b in theirs if (both := _common(a, b)) is not None]
    taken = [span for each in people for span in each.busy]
    for begins, ends in sorted(shared):
        at = _next_step(begins, first)
        while at + length <= ends:
            if all(at >= busy[1] or at + length <= busy[0] for busy in taken):
                yield at
            at += STEP


def _next_step(moment: datetime, hours: WorkingHours) -> datetime:
    """The moment itself at a full or half hour there, otherwise the next one."""
    local = moment.astimezone(hours.tz)
    over = timedelta(
        minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond
    )
    return moment if not over else moment + STEP - over


def _common(a: Span, b: Span) -> Span | None:
    start, end = max(a[0], b[0]), min(a[1], b[1])
    return (start, end) if start < end else None


def _joined(spans: list[Span]) -> list[Span]:
    """A morning and its afternoon are one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _ordered(day: list[datetime], number: int) -> list[datetime]:
    """A day's starts, the likeliest first: mornings and afternoons take turns from day to day."""
    ends = [day[0], day[-1]] if number % 2 == 0 else [day[-1], day[0]]
    middle = day[len(day) // 2]
    return list(dict.fromkeys([*ends, middle, *day]))


def _spread(days: list[list[datetime]], length: timedelta, most: int) -> set[datetime]:
    """One of each day in turn until there are enough, none of them within another."""
    chosen: set[datetime] = set()
    while len(chosen) < most and any(days):
        for day in days:
            while day and len(chosen) < most:
                start = day.pop(0)
                if all(abs(start - other) >= length for other in chosen):
                    chosen.add(start)
                    break
    return chosen


def times_of_day(free: Free) -> tuple[time, time]:
    """From when to when they could meet at all, on their own clock, whatever the day."""
    if not free.windows:
        return free.hours.opens, free.hours.closes
    opens = max(free.hours.opens, min(window.starts for window in free.windows))
    closes = min(free.hours.closes, max(window.ends for window in free.windows))
    return (opens, closes) if opens < closes else (free.hours.opens, free.hours.closes)
