"""When a programme's rounds are: their names, which never change, and the moments they run.

A round is named by its nominal date, the one the calendar asks for. It runs on that day or, when
that is a weekend or a holiday, on the next working day at the same local time.
"""

from calendar import monthrange
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, pairwise

from bot.domain.hours import DAY, WEEKDAYS, moment_at, zone_or_utc
from bot.domain.programmes import Every

FAR = 60
"""How many days a round may be put off; holidays longer than this swallow it."""

DAYS_BETWEEN = {Every.WEEK: 7, Every.TWO_WEEKS: 14, Every.FOUR_WEEKS: 28}

_MOST_SWALLOWED = 100  # rounds in a row: two years of weekly ones, should all be holidays
_LAST_YEAR = date.max.year - 1  # the calendar ends, and sums with it


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often, on which day and at what local time a programme matches.

    `weekday` (Monday 0 to Friday 4) counts for the weeks, `month_day` (1 to 31, the last day of a
    shorter month) for the months. `zone` is an IANA name, unknown ones count as UTC. The first
    round is on or after `starts_on`; every second and fourth week is counted from there.
    """

    every: Every
    weekday: int
    month_day: int
    at: time
    zone: str
    starts_on: date

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS:
            raise ValueError("rounds are on weekdays, from 0 (Monday) to 4 (Friday)")
        if not 1 <= self.month_day <= 31:
            raise ValueError("the day of the month must be between 1 and 31")

    def next_dates(
        self, after: datetime, count: int, holidays: Container[date] = frozenset()
    ) -> tuple[tuple[date, datetime], ...]:
        """The next `count` rounds that run later than `after` (aware), in order.

        Each is its nominal local date, the key of the round, and the UTC moment at which it runs;
        both increase. A local time that the clocks skip or repeat is as in `hours.moment_at`. A
        round that holidays put off to the day of the following one falls away, so that no day has
        two. Fewer than `count` come back only for `Every.NONE`, or when holidays have no end.
        """
        local_on = after.astimezone(zone_or_utc(self.zone)).date()
        # An earlier round may have been put off until after that moment.
        since = date.fromordinal(max(1, local_on.toordinal() - FAR - 1))
        runs = self._runs(since, holidays, _MOST_SWALLOWED + FAR + max(0, count))
        return tuple(islice((run for run in runs if run[1] > after), max(0, count)))

    def _runs(
        self, since: date, holidays: Container[date], most: int
    ) -> Iterator[tuple[date, datetime]]:
        """The rounds from a nominal date on that do run; looks at no more than `most` dates."""
        for day, following in pairwise(islice(self._nominal(since), most + 1)):
            moment = self._runs_at(day, following, holidays)
            if moment is not None:
                yield day, moment

    def _runs_at(self, day: date, following: date, holidays: Container[date]) -> datetime | None:
        """The moment at which the round of that day runs, None when `following` comes first."""
        zone = zone_or_utc(self.zone)
        until = min(following, day + FAR * DAY)
        while day < until:
            if day.weekday() in WEEKDAYS and day not in holidays:
                moment = moment_at(day, self.at, zone)
                # A place that moves across the date line loses a day of its calendar.
                if moment.astimezone(zone).date() == day:
                    return moment
            day += DAY
        return None

    def _nominal(self, since: date) -> Iterator[date]:
        """All nominal dates that are neither before the anchor nor before `since`."""
        floor = max(since, self.starts_on)
        if self.every is Every.MONTH:
            days = self._months(floor)
        elif self.every in DAYS_BETWEEN:
            days = self._weeks(floor, DAYS_BETWEEN[self.every])
        else:
            return
        for day in days:
            if day.year > _LAST_YEAR:
                return
            if day >= floor:
                yield day

    def _weeks(self, floor: date, step: int) -> Iterator[date]:
        ahead = (self.weekday - self.starts_on.weekday()) % 7
        first = self.starts_on.toordinal() + ahead
        passed = max(0, floor.toordinal() - first) // step
        for ordinal in range(first + passed * step, date.max.toordinal() + 1, step):
            yield date.fromordinal(ordinal)

    def _months(self, floor: date) -> Iterator[date]:
        for month in range(floor.year * 12 + floor.month - 1, (date.max.year + 1) * 12):
            year, index = divmod(month, 12)
            last = monthrange(year, index + 1)[1]
            yield date(year, index + 1, min(self.month_day, last))
