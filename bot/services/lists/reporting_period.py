"""The whole months that a report is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.hours import moment_at, zone_or_utc

DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months of a zone's calendar: `first_on` to `last_on`, both included."""

    first_on: date
    last_on: date
    zone: str

    @property
    def starts_at(self) -> datetime:
        """Its first moment (UTC)."""
        return moment_at(self.first_on, time(), zone_or_utc(self.zone))

    @property
    def ends_at(self) -> datetime:
        """The first moment that is no longer in it (UTC)."""
        return moment_at(self.last_on + timedelta(days=1), time(), zone_or_utc(self.zone))

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        months = [self.first_on]
        while (following := _months_later(months[-1], 1)) <= self.last_on:
            months.append(following)
        return tuple(months)

    def month_of(self, moment: datetime) -> date:
        """The first day of the month in which a moment lies, by its calendar."""
        return moment.astimezone(zone_or_utc(self.zone)).date().replace(day=1)


def period_of(now: datetime, days: int, zone: str) -> Period:
    """The last whole months that `days` make, at least one; the month of `now` is not over yet.

    A month of thirty days, so that 90 days are three. Whole months, because of two reports a day
    apart the difference would be what happened on that day, to the few people it happened to.
    """
    this_month = now.astimezone(zone_or_utc(zone)).date().replace(day=1)
    months = max(1, days // DAYS_A_MONTH)
    return Period(_months_later(this_month, -months), this_month - timedelta(days=1), zone)


def _months_later(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
