"""Working hours, by example."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.hours import WorkingHours, moment_at, next_open_together, zone_or_utc

LONDON = WorkingHours("Europe/London")
NEW_YORK = WorkingHours("America/New_York")
SYDNEY = WorkingHours("Australia/Sydney")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-27T08:59", False),
        ("2026-11-27T09:00", True),
        ("2026-11-27T16:59", True),
        ("2026-11-27T17:00", False),
        ("2026-11-28T12:00", False),  # a Saturday
        ("2026-07-03T08:30", True),  # summer time: half past nine in London
    ],
)
def test_open_and_closed(moment: str, is_open: bool) -> None:
    assert LONDON.is_open(utc(moment)) is is_open


def test_next_open_over_a_weekend_with_a_clock_change() -> None:
    friday_evening = utc("2026-03-27T18:00")  # clocks go forward on Sunday the 29th
    assert LONDON.next_open(friday_evening) == utc("2026-03-30T08:00")
    assert NEW_YORK.next_open(utc("2026-10-30T22:00")) == utc("2026-11-02T14:00")
    assert SYDNEY.next_open(utc("2026-10-02T08:00")) == utc("2026-10-04T22:00")


def test_last_open_is_the_moment_or_a_minute_before_closing() -> None:
    assert LONDON.last_open(utc("2026-11-27T10:10")) == utc("2026-11-27T10:10")
    assert LONDON.last_open(utc("2026-11-27T16:59:30")) == utc("2026-11-27T16:59:30")
    assert LONDON.last_open(utc("2026-11-30T08:00")) == utc("2026-11-27T16:59")


def test_holidays_are_closed() -> None:
    hours = WorkingHours("Europe/London", holidays=frozenset({date(2026, 12, 25)}))
    assert hours.next_open(utc("2026-12-25T10:00")) == utc("2026-12-28T09:00")
    assert hours.last_open(utc("2026-12-25T10:00")) == utc("2026-12-24T16:59")
    assert hours.add_weekday_hours(utc("2026-12-24T12:00"), 48) == utc("2026-12-29T12:00")


def test_48_working_hours_from_friday_noon_end_on_tuesday_noon() -> None:
    assert LONDON.add_weekday_hours(utc("2026-11-27T12:00"), 48) == utc("2026-12-01T12:00")
    # The clocks go forward in between: still noon, on the wall.
    assert LONDON.add_weekday_hours(utc("2026-03-27T12:00"), 48) == utc("2026-03-31T11:00")


def test_48_working_hours_land_in_the_day() -> None:
    assert LONDON.add_weekday_hours(utc("2026-11-23T20:00"), 48) == utc("2026-11-26T09:00")
    assert LONDON.add_weekday_hours(utc("2026-11-28T10:00"), 48) == utc("2026-12-02T09:00")


def test_working_days_keep_the_time_of_day() -> None:
    assert LONDON.add_working_days(utc("2026-11-26T15:30"), 2) == utc("2026-11-30T15:30")
    assert LONDON.add_working_days(utc("2026-11-28T15:30"), 1) == utc("2026-12-01T09:00")
    assert LONDON.add_working_days(utc("2026-11-28T15:30"), 0) == utc("2026-11-30T09:00")


def test_the_first_shared_open_moment() -> None:
    assert next_open_together(utc("2026-11-24T10:00"), LONDON, NEW_YORK) == utc("2026-11-24T14:00")
    # London and Sydney share no working hour in winter: London's own opening counts.
    assert next_open_together(utc("2026-11-24T18:00"), LONDON, SYDNEY) == utc("2026-11-25T09:00")


@pytest.mark.parametrize("name", [None, "", "Mars/Olympus", "Europe", "../etc/passwd", "a\0b", "é"])
def test_a_zone_nobody_knows_is_utc(name: str | None) -> None:
    assert zone_or_utc(name) is UTC
    assert WorkingHours(name).is_open(utc("2026-11-27T09:00"))


def test_a_day_has_23_24_or_25_hours() -> None:
    lengths = []
    for day in (date(2026, 3, 29), date(2026, 6, 1), date(2026, 10, 25)):
        start, end = LONDON.day_bounds(day)
        lengths.append((end - start) / timedelta(hours=1))
    assert lengths == [23, 24, 25]


def test_a_time_that_happens_twice_is_the_first() -> None:
    zone = zone_or_utc("Europe/London")
    assert moment_at(date(2026, 10, 25), time(1, 30), zone) == utc("2026-10-25T00:30")
    assert moment_at(date(2026, 10, 25), time(1, 30, fold=1), zone) == utc("2026-10-25T00:30")


def test_hours_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="open before they close"):
        WorkingHours("UTC", opens=time(17), closes=time(9))
    with pytest.raises(ValueError, match="days"):
        WorkingHours("UTC", days=frozenset())
    with pytest.raises(ValueError, match="days"):
        WorkingHours("UTC", days=frozenset({7}))


def test_hours_that_never_open_are_said_so() -> None:
    year = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(900))
    hours = WorkingHours("UTC", days=frozenset({0}), holidays=year)
    assert hours.next_open(utc("2026-01-02T00:00")).year == 2028
    only_a_nap = WorkingHours("UTC", opens=time(9), closes=time(9, 0, 30))
    assert only_a_nap.last_open(utc("2026-11-27T12:00")) == utc("2026-11-27T09:00")
