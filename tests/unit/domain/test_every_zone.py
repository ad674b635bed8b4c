"""Working hours over every change of every clock in the world, reckoned again from local time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.hours import DAY, WorkingHours, next_open_together
from bot.domain.manners import Manner, Move, Send, decide

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
EVERY = timedelta(hours=5)  # a moment of each sort of hour, as the days go by
GRAIN = timedelta(minutes=15)
ORDINARY = (time(9), time(17))
NIGHT = (time(0, 30), time(3, 30))  # the hours in which most clocks change
# Whole days that a place lost by crossing the date line, and a change on a working day.
ODD = (
    ("Pacific/Apia", datetime(2011, 12, 30, 9, tzinfo=UTC)),
    ("Pacific/Kwajalein", datetime(1993, 8, 20, 12, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2026, 3, 29, 1, tzinfo=UTC)),
)


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The days (UTC) on which its clocks change, from FIRST until LAST."""
    tz, found, day = ZoneInfo(zone), [], FIRST
    while day < LAST:
        if day.astimezone(tz).utcoffset() != (day + DAY).astimezone(tz).utcoffset():
            found.append(day)
        day += DAY
    return tuple(found)


def zones() -> list[str]:
    """One for each way to keep time there is; most names are another's other name."""
    known: dict[tuple[object, ...], str] = {}
    for zone in sorted(available_timezones() - {"localtime", "posixrules", "Factory"}):
        offset = FIRST.astimezone(ZoneInfo(zone)).utcoffset()
        known.setdefault((offset, changes(zone)), zone)
    return list(known.values())


def moments(zone: str) -> list[datetime]:
    """Around each change, or around an ordinary weekend where there is none."""
    days = changes(zone) or (datetime(2026, 3, 27, tzinfo=UTC),)
    return [
        day + back * EVERY + timedelta(minutes=7 * back) for day in days for back in range(-9, 12)
    ]


def is_working(moment: datetime, zone: str, opens: time, closes: time) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return local.weekday() < 5 and opens <= local.time() < closes


def check(hours: WorkingHours, moment: datetime, zone: str) -> None:
    opens, closes = hours.opens, hours.closes
    at = hours.next_open(moment)
    assert at >= moment
    assert hours.is_open(at)
    assert is_working(at, zone, opens, closes), (zone, moment, at)
    passed = moment
    while passed < at and passed < moment + timedelta(days=4):
        assert not hours.is_open(passed), (zone, passed, "was skipped")
        passed += GRAIN
    assert hours.is_open(hours.last_open(moment))
    assert hours.last_open(moment) <= moment
    later = [hours.add_working_days(moment, days) for days in range(4)]
    assert later == sorted(later)
    assert all(hours.is_open(each) for each in later)
    assert hours.is_open(hours.add_weekday_hours(moment, 48))


@pytest.mark.parametrize("hours_of_day", [ORDINARY, NIGHT], ids=["day", "night"])
def test_every_change_of_every_clock(hours_of_day: tuple[time, time]) -> None:
    kept = zones()
    assert len(kept) > 50
    for zone in kept:
        hours = WorkingHours(zone, *hours_of_day)
        for moment in moments(zone):
            check(hours, moment, zone)


@pytest.mark.parametrize(("zone", "moment"), ODD)
def test_odd_changes(zone: str, moment: datetime) -> None:
    for hour in range(-60, 60, 4):
        check(WorkingHours(zone), moment + timedelta(hours=hour), zone)


def test_no_working_day_is_skipped_and_none_comes_twice() -> None:
    """A word a day, for ten days over each change: on every weekday of the local calendar."""
    for zone in zones():
        for change in changes(zone)[:2]:
            hours = WorkingHours(zone)
            said, at = [], hours.next_open(change - timedelta(days=5))
            for _ in range(10):
                said.append(hours.local_day(at))
                at = hours.next_open(hours.day_bounds(said[-1])[1])
            assert said == _weekdays(said[0], 10), zone


def test_a_nudge_goes_nowhere_else() -> None:
    """The manners' own decision, which is what is asked before anything is said."""
    for zone in zones():
        hours = WorkingHours(zone)
        for moment in moments(zone):
            for full in (0, 3):
                decision = decide(Manner.NUDGE, moment, hours, said_today=full)
                assert isinstance(decision, Move | Send)
                at = moment if isinstance(decision, Send) else decision.to
                assert is_working(at, zone, *ORDINARY), (zone, moment)
                if full and hours.is_open(moment):  # before that it only waits for nine
                    assert hours.local_day(at) > hours.local_day(moment)


def test_two_places_whose_clocks_change_on_other_days() -> None:
    """Between London and everywhere, while one has changed and the other has not."""
    london = WorkingHours("Europe/London")
    for zone in zones():
        other = WorkingHours(zone)
        for moment in moments(zone)[:8]:
            at = next_open_together(moment, london, other)
            assert london.is_open(at)


def _weekdays(first: date, count: int) -> list[date]:
    days = [first + DAY * n for n in range(2 * count)]
    return [day for day in days if day.weekday() < 5][:count]
