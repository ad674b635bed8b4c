"""When rounds are: every cadence, zone and clock change, month ends, holidays and anchors."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import DAYS_BETWEEN, FAR, Cadence
from bot.domain.programmes import Every
from tests.unit.domain.strategies import days, moments, zones

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
EVERYTHING = type("Everything", (), {"__contains__": lambda _self, _day: True})()


def cadence(
    every: Every = Every.WEEK,
    *,
    weekday: int = 0,
    month_day: int = 1,
    at: time = time(9),
    zone: str = "Europe/Berlin",
    starts_on: date = date(2026, 1, 1),
) -> Cadence:
    return Cadence(every, weekday, month_day, at, zone, starts_on)


def nominal(
    one: Cadence, after: datetime, count: int, holidays: Container[date] = frozenset()
) -> list[str]:
    return [day.isoformat() for day, _ in one.next_dates(after, count, holidays)]


def runs(
    one: Cadence, after: datetime, count: int, holidays: Container[date] = frozenset()
) -> list[str]:
    found = one.next_dates(after, count, holidays)
    return [at.astimezone(ZoneInfo(one.zone)).strftime("%Y-%m-%d %H:%M") for _, at in found]


cadences = st.builds(
    Cadence,
    st.sampled_from([every for every in Every if every is not Every.NONE]),
    st.integers(0, 4),
    st.integers(1, 31),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zones,
    days,
)
free_days = st.builds(
    lambda first, some: frozenset(first + DAY * by for by in some),
    days,
    st.frozensets(st.integers(0, 40), max_size=30),
)


@given(cadences, moments, st.integers(0, 8), free_days)
def test_rounds_are_later_in_order_and_on_working_days(
    one: Cadence, after: datetime, count: int, holidays: frozenset[date]
) -> None:
    found = one.next_dates(after, count, holidays)
    assert len(found) == count
    last = after
    for day, moment in found:
        assert moment.tzinfo is UTC
        assert moment > last
        last = moment
        assert day >= one.starts_on
        local = moment.astimezone(ZoneInfo(one.zone))
        assert day <= local.date() < day + FAR * DAY
        assert local.weekday() < 5
        assert local.date() not in holidays
    assert all(a < b for (a, _), (b, _) in pairwise(found))
    local_days = [moment.astimezone(ZoneInfo(one.zone)).date() for _, moment in found]
    assert len(set(local_days)) == count


@given(cadences, moments)
def test_the_local_time_is_as_agreed_unless_the_clocks_jump_over_it(
    one: Cadence, after: datetime
) -> None:
    zone = ZoneInfo(one.zone)
    for _, moment in one.next_dates(after, 6):
        local = moment.astimezone(zone)
        if local.time() != one.at:
            wanted = datetime.combine(local.date(), one.at, tzinfo=zone)
            assert wanted.astimezone(UTC).astimezone(zone).time() != one.at  # it never happens
            assert local.time() > one.at


@given(cadences, moments)
def test_without_holidays_the_dates_are_evenly_spaced(one: Cadence, after: datetime) -> None:
    found = [day for day, _ in one.next_dates(after, 6)]
    for a, b in pairwise(found):
        if one.every is Every.MONTH:
            assert b.year * 12 + b.month == a.year * 12 + a.month + 1
            assert b.day == one.month_day or (b + DAY).day == 1
        else:
            assert (b - a).days == DAYS_BETWEEN[one.every]
            assert b.weekday() == one.weekday


@given(cadences, moments, st.integers(0, 400), free_days)
def test_asking_later_never_changes_a_round(
    one: Cadence, after: datetime, hours: int, holidays: frozenset[date]
) -> None:
    later = after + timedelta(hours=hours)
    early = one.next_dates(after, 30, holidays)
    still = [run for run in early if run[1] > later]
    assert still[:3] == list(one.next_dates(later, 3, holidays))


@given(cadences, st.integers(0, 900))
def test_the_anchor_is_kept_however_late_one_asks(one: Cadence, days_later: int) -> None:
    before = datetime.combine(one.starts_on, time(), tzinfo=UTC) - 3 * DAY
    first, _ = one.next_dates(before, 1)[0]
    within = 31 if one.every is Every.MONTH else 7
    assert timedelta(0) <= first - one.starts_on < timedelta(days=within)
    if one.every is not Every.MONTH:
        later, _ = one.next_dates(before + DAY * days_later, 1)[0]
        assert (later - first).days % DAYS_BETWEEN[one.every] == 0


def test_none_gives_nothing() -> None:
    assert cadence(Every.NONE).next_dates(START, 3) == ()


def test_a_round_that_runs_at_that_very_moment_is_not_next() -> None:
    one = cadence()
    _, moment = one.next_dates(START, 1)[0]
    assert nominal(one, moment, 1) == ["2026-01-12"]
    assert nominal(one, moment - timedelta(seconds=1), 1) == ["2026-01-05"]


def test_every_second_week_counts_from_the_anchor() -> None:
    one = cadence(Every.TWO_WEEKS, weekday=2, starts_on=date(2026, 1, 8))
    assert nominal(one, START, 3) == ["2026-01-14", "2026-01-28", "2026-02-11"]
    assert nominal(one, datetime(2026, 1, 20, tzinfo=UTC), 1) == ["2026-01-28"]


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    one = cadence(Every.MONTH, month_day=31)
    found = nominal(one, START, 4)
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    # Saturdays: the Monday after.
    assert runs(one, START, 2) == ["2026-02-02 09:00", "2026-03-02 09:00"]


def test_february_of_a_leap_year() -> None:
    one = cadence(Every.MONTH, month_day=30)
    assert nominal(one, datetime(2028, 2, 1, tzinfo=UTC), 2) == ["2028-02-29", "2028-03-30"]


def test_a_monthly_anchor_after_its_day_begins_next_month() -> None:
    one = cadence(Every.MONTH, month_day=15, starts_on=date(2026, 1, 16))
    assert nominal(one, START, 1) == ["2026-02-15"]


def test_a_holiday_moves_the_run_and_keeps_the_name() -> None:
    easter = frozenset({date(2026, 4, 6)})
    found = cadence().next_dates(datetime(2026, 4, 2, tzinfo=UTC), 1, easter)
    assert found == ((date(2026, 4, 6), datetime(2026, 4, 7, 7, tzinfo=UTC)),)


def test_a_round_put_off_is_still_to_come_after_its_own_date() -> None:
    days_off = frozenset(date(2026, 3, 30) + DAY * by for by in range(8))
    one = cadence(Every.TWO_WEEKS, starts_on=date(2026, 3, 30))
    found = one.next_dates(datetime(2026, 4, 3, tzinfo=UTC), 1, days_off)
    assert found[0][0] == date(2026, 3, 30)
    assert runs(one, datetime(2026, 4, 3, tzinfo=UTC), 1, days_off) == ["2026-04-07 09:00"]


def test_a_round_put_off_to_the_day_of_the_next_falls_away() -> None:
    week_off = frozenset(date(2026, 12, 21) + DAY * by for by in range(7))
    after = datetime(2026, 12, 15, tzinfo=UTC)
    assert nominal(cadence(), after, 2, week_off) == ["2026-12-28", "2027-01-04"]


def test_a_clock_change_does_not_move_the_hour() -> None:
    found = cadence().next_dates(datetime(2026, 3, 20, tzinfo=UTC), 2)
    assert [moment.hour for _, moment in found] == [8, 7]


def test_a_time_that_is_skipped_runs_as_much_later() -> None:
    # Cairo sets its clocks forward at midnight of a Friday.
    one = cadence(weekday=4, at=time(0, 30), zone="Africa/Cairo")
    assert runs(one, datetime(2026, 4, 22, tzinfo=UTC), 1) == ["2026-04-24 01:30"]


def test_a_day_that_the_calendar_lost() -> None:
    # Samoa crossed the date line: there was no Friday, 30 December 2011.
    one = cadence(weekday=4, zone="Pacific/Apia", starts_on=date(2011, 12, 1))
    after = datetime(2011, 12, 25, tzinfo=UTC)
    assert nominal(one, after, 2) == ["2011-12-30", "2012-01-06"]
    assert runs(one, after, 1) == ["2012-01-02 09:00"]


@pytest.mark.parametrize(
    ("zone", "at"),
    [("Pacific/Kiritimati", "2026-01-04T19:00"), ("Pacific/Pago_Pago", "2026-01-05T20:00")],
)
def test_the_far_ends_of_the_date_line(zone: str, at: str) -> None:
    day, moment = cadence(zone=zone).next_dates(START, 1)[0]
    assert day == date(2026, 1, 5)
    assert moment == datetime.fromisoformat(f"{at}+00:00")


def test_holidays_without_end_give_fewer() -> None:
    assert cadence().next_dates(START, 3, EVERYTHING) == ()


def test_an_unknown_zone_is_utc() -> None:
    assert cadence(zone="Nowhere/Land").next_dates(START, 1)[0][1].hour == 9


@pytest.mark.parametrize("year", [1, 9998, 9999])
def test_the_ends_of_the_calendar(year: int) -> None:
    one = cadence(starts_on=date(year, 12, 1))
    assert len(one.next_dates(START, 2)) == (2 if year < 9999 else 0)
    assert one.next_dates(START, 0) == ()


@pytest.mark.parametrize(("weekday", "month_day"), [(5, 1), (-1, 1), (0, 0), (0, 32)])
def test_impossible_days_are_errors(weekday: int, month_day: int) -> None:
    with pytest.raises(ValueError, match=r"must be|are on"):
        cadence(weekday=weekday, month_day=month_day)
