"""Working hours in one person's time zone, right across weekends, holidays and clock changes.

Moments go in aware (any zone) and come out aware UTC. A zone is an IANA name; one that is missing
or unknown counts as UTC, because Slack may not know it and a message late by hours is better than
none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
TOGETHER_WITHIN = timedelta(days=3)
WEEKDAYS = frozenset(range(5))


def zone_or_utc(name: str | None) -> tzinfo:
    """The zone of that IANA name, UTC when the name is missing, unknown or nonsense."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; malformed; a folder of the database
        return UTC


def moment_at(day: date, at: time, zone: tzinfo) -> datetime:
    """The UTC moment of a local date and time.

    A time that happens twice (clocks go back) means the first; one that never happens (clocks go
    forward) means as much later as the clocks jump.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When a person may be spoken to: local `opens` to `closes` on `days` (Monday is 0)."""

    zone: str | None
    opens: time = time(9)
    closes: time = time(17)
    days: frozenset[int] = WEEKDAYS
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("working hours must open before they close")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("working hours need days between 0 (Monday) and 6")

    @property
    def tz(self) -> tzinfo:
        """The zone itself, UTC for an unknown name."""
        return zone_or_utc(self.zone)

    def local_day(self, moment: datetime) -> date:
        """The date on the person's calendar at that moment."""
        return moment.astimezone(self.tz).date()

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The first moment of a local day, and the first that is no longer in it (UTC)."""
        return moment_at(day, time(), self.tz), moment_at(day + DAY, time(), self.tz)

    def is_working_day(self, day: date) -> bool:
        """Whether that local date is neither a weekend day nor a holiday."""
        return day.weekday() in self.days and day not in self.holidays

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when (UTC, end excluded) that local day is open, None when it is not."""
        if not self.is_working_day(day):
            return None
        start = moment_at(day, self.opens, self.tz)
        end = moment_at(day, self.closes, self.tz)
        # A place that crosses the date line can lose a whole day of its calendar, and a clock
        # change in the night can swallow very short hours.
        if self.local_day(start) != day or start >= end:
            return None
        return start, end

    def is_open(self, moment: datetime) -> bool:
        """Whether the person may be spoken to at that moment."""
        span = self.span(self.local_day(moment))
        return span is not None and span[0] <= moment < span[1]

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open, otherwise the next opening."""
        for start, end in self._spans(self.local_day(moment), DAY):
            if moment < end:
                return max(start, moment.astimezone(UTC))
        raise ValueError("these hours never open")

    def last_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open, otherwise a minute before the last closing."""
        for start, end in self._spans(self.local_day(moment), -DAY):
            if moment >= end:
                return max(start, end - MINUTE)
            if moment >= start:
                return moment.astimezone(UTC)
        raise ValueError("these hours never opened")

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The same local time `days` working days later; counted from the next open moment."""
        first = self.next_open(moment)
        local = first.astimezone(self.tz)
        spans = self._spans(local.date(), DAY)
        start = next(spans)[0]
        for _ in range(days):
            start = next(spans)[0]
        landed = moment_at(self.local_day(start), local.time(), self.tz)
        return self.next_open(max(first, landed))

    def add_weekday_hours(self, moment: datetime, hours: float) -> datetime:
        """`hours` later on the local clock, then the next open moment.

        Hours run round the clock on working days; weekends and holidays do not count, so 48 hours
        after Friday noon is Tuesday noon. A clock change does not move the hour.
        """
        left = timedelta(hours=hours)
        local = moment.astimezone(self.tz).replace(tzinfo=None)
        for _ in range(self._far(left)):
            midnight = datetime.combine(local.date() + DAY, time())
            if self.is_working_day(local.date()):
                if local + left < midnight:
                    landed = moment_at((local + left).date(), (local + left).time(), self.tz)
                    return self.next_open(max(moment, landed))
                left -= midnight - local
            local = midnight
        raise ValueError("these hours never open")

    def _spans(self, day: date, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
        """The open spans from `day` on, forwards or backwards, for as long as one must exist."""
        for _ in range(self._far(timedelta(0))):
            span = self.span(day)
            if span is not None:
                yield span
            day += step

    def _far(self, counted: timedelta) -> int:
        """How many days to look before saying that these hours never open."""
        return 400 + 7 * counted.days + 2 * len(self.holidays)


def next_open_together(moment: datetime, a: WorkingHours, b: WorkingHours) -> datetime:
    """The first moment at which both are open, within three days, otherwise the next of `a`."""
    alone = at = a.next_open(moment)
    while at <= moment + TOGETHER_WITHIN:
        both = b.next_open(at)
        at = a.next_open(both)
        if at == both and at <= moment + TOGETHER_WITHIN:
            return at
    return alone


@dataclass(frozen=True, slots=True)
class SharedHours:
    """The hours of a pair, for what is said to both at once: see `next_open_together`.

    Calendar days are those of `a`.
    """

    a: WorkingHours
    b: WorkingHours

    def is_open(self, moment: datetime) -> bool:
        """Whether both may be spoken to, or it gets no better than `a` alone."""
        return self.next_open(moment) == moment

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open, otherwise the next that is (UTC)."""
        return next_open_together(moment, self.a, self.b)

    def local_day(self, moment: datetime) -> date:
        """The date on the calendar of `a`."""
        return self.a.local_day(moment)

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The bounds of that day for `a` (UTC)."""
        return self.a.day_bounds(day)
