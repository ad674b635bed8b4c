"""A programme's cadence: its next rounds, and when everyone hears of one."""

from datetime import date, datetime, timedelta

from bot.domain.cadence import Cadence
from bot.domain.hours import DAY, WEEKDAYS, moment_at, zone_or_utc
from bot.domain.programmes import Every
from bot.services.holidays_of import holidays_of
from bot.store.tables import Programme

YEARS_AHEAD = 3
LATE = timedelta(hours=2)
"""An announcement this much late takes nothing from the working day that people have."""


def coming(row: Programme, now: datetime, count: int) -> tuple[tuple[date, datetime], ...]:
    """The next rounds of which everyone can still hear in time: nominal date, UTC moment."""
    cadence = cadence_of(row)
    if cadence is None or count < 1:
        return ()
    off = holidays_in(row, now)
    # Of those that run within the notice, two at most fall away: a working day, and a weekend.
    dates = cadence.next_dates(now, count + 3, off)
    return tuple(each for each in dates if notice_at(row, each[1]) >= now)[:count]


def moment_of(row: Programme, due_on: date) -> datetime | None:
    """When the round of that nominal date runs (UTC), None when the cadence has none."""
    cadence = cadence_of(row)
    if cadence is None:
        return None
    before = moment_at(due_on, row.runs_at, zone_or_utc(row.zone)) - timedelta(minutes=1)
    dates = cadence.next_dates(before, 3, holidays_in(row, before))
    return next((moment for day, moment in dates if day == due_on), None)


def cadence_of(row: Programme) -> Cadence | None:
    """The cadence, None for a programme that matches on request only."""
    if row.every is Every.NONE:
        return None
    return Cadence(
        every=row.every,
        weekday=row.weekday,
        month_day=row.month_day,
        at=row.runs_at,
        zone=row.zone,
        starts_on=row.starts_on or row.created_at.astimezone(zone_or_utc(row.zone)).date(),
    )


def notice_at(row: Programme, runs_at: datetime) -> datetime:
    """One working day (the programme's) before a round runs, at the same local time (UTC).

    Outside of the programme's hours it is at their opening instead.
    """
    zone = zone_or_utc(row.zone)
    off = holidays_in(row, runs_at)
    local = runs_at.astimezone(zone)
    day = local.date() - DAY
    while day.weekday() not in WEEKDAYS or day in off:
        day -= DAY
    at = local.time() if row.opens_at <= local.time() < row.closes_at else row.opens_at
    return moment_at(day, at, zone)


def one_working_day_on(row: Programme, now: datetime) -> datetime:
    """The same local time on the programme's next working day (UTC)."""
    zone = zone_or_utc(row.zone)
    off = holidays_in(row, now)
    local = now.astimezone(zone)
    day = local.date() + DAY
    while day.weekday() not in WEEKDAYS or day in off:
        day += DAY
    return moment_at(day, local.time(), zone)


def holidays_in(row: Programme, moment: datetime) -> frozenset[date]:
    """The public holidays of the programme's country around a moment."""
    return holidays_of(row.country, range(moment.year - 1, moment.year + YEARS_AHEAD))
