"""Working hours, for every zone and around every clock change."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import SharedHours, WorkingHours, next_open_together
from tests.unit.domain.strategies import days, moments, office_hours, working_hours, zones


@given(working_hours(), moments)
def test_next_open_is_open_not_earlier_and_stays(hours: WorkingHours, moment: datetime) -> None:
    opened = hours.next_open(moment)
    assert opened >= moment
    assert hours.is_open(opened)
    assert hours.next_open(opened) == opened
    assert opened.tzinfo is UTC
    assert (opened == moment) is hours.is_open(moment)


@given(working_hours(), moments)
def test_last_open_is_open_not_later_and_stays(hours: WorkingHours, moment: datetime) -> None:
    opened = hours.last_open(moment)
    assert opened <= moment
    assert hours.is_open(opened)
    assert hours.last_open(opened) == opened
    assert opened.tzinfo is UTC


@given(working_hours(), moments, st.integers(0, 40 * 60))
def test_nothing_open_is_jumped_over(hours: WorkingHours, moment: datetime, ahead: int) -> None:
    between = moment + timedelta(minutes=ahead)
    if between < hours.next_open(moment):
        assert not hours.is_open(between)


@given(working_hours(), moments, st.integers(0, 600), st.integers(0, 12))
def test_adding_is_open_later_and_in_order(
    hours: WorkingHours, moment: datetime, minutes: int, n: int
) -> None:
    later = moment + timedelta(minutes=minutes)
    for add in (hours.add_working_days, hours.add_weekday_hours):
        landed = add(moment, n)
        assert landed >= moment
        assert hours.is_open(landed)
        assert add(moment, n + 1) >= landed
        # A fold may set back the wall clock by an hour, and never the day.
        assert add(later, n) >= landed - timedelta(hours=2)


@given(office_hours, moments)
def test_48_working_hours_are_two_working_days(hours: WorkingHours, moment: datetime) -> None:
    start = hours.next_open(moment)
    end = hours.add_weekday_hours(start, 48)
    assert end == hours.add_working_days(start, 2)
    local, landed = (at.astimezone(hours.tz) for at in (start, end))
    assert landed.time() == local.time()
    assert 2 <= (landed.date() - local.date()).days <= 4


@given(office_hours, office_hours, moments)
def test_together_is_open_for_both_or_for_the_first(
    a: WorkingHours, b: WorkingHours, moment: datetime
) -> None:
    shared = next_open_together(moment, a, b)
    assert shared >= moment
    assert a.is_open(shared)
    assert b.is_open(shared) or shared == a.next_open(moment)
    pair = SharedHours(a, b)
    assert pair.is_open(pair.next_open(shared))


@given(zones, moments)
def test_one_with_themselves_is_one(zone: str, moment: datetime) -> None:
    hours = WorkingHours(zone)
    assert next_open_together(moment, hours, hours) == hours.next_open(moment)


@given(zones, moments)
def test_a_moment_is_in_its_own_day(zone: str, moment: datetime) -> None:
    hours = WorkingHours(zone)
    start, end = hours.day_bounds(hours.local_day(moment))
    assert start <= moment < end
    assert timedelta(hours=21) <= end - start <= timedelta(hours=27)


@given(zones, days)
def test_days_follow_each_other_without_a_gap(zone: str, day: datetime) -> None:
    hours = WorkingHours(zone)
    assert hours.day_bounds(day)[1] == hours.day_bounds(day + timedelta(days=1))[0]
