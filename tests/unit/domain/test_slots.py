"""Proposed starts: by example, and for every zone, week and clock change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import WorkingHours
from bot.domain.kinds import LENGTHS, Window
from bot.domain.slots import DAYS_AHEAD, MOST, SOONEST, Free, common, propose, times_of_day
from tests.unit.domain.strategies import moments, working_hours
from tests.unit.domain.test_hours import utc

MONDAY = utc("2026-11-23T10:00")
HALF_HOUR = timedelta(minutes=30)
LONDON, NEW_YORK = WorkingHours("Europe/London"), WorkingHours("America/New_York")
SINGAPORE, SYDNEY = WorkingHours("Asia/Singapore"), WorkingHours("Australia/Sydney")


def said(starts: list[datetime]) -> list[str]:
    return [start.strftime("%a %d %H:%M") for start in starts]


def test_two_in_one_office_get_a_spread_of_days_and_hours() -> None:
    assert said(propose([Free(LONDON), Free(LONDON)], MONDAY, HALF_HOUR)) == [
        "Tue 24 10:00",
        "Wed 25 16:30",
        "Thu 26 09:00",
        "Fri 27 16:30",
        "Mon 30 09:00",
        "Tue 01 16:30",
        "Wed 02 09:00",
        "Thu 03 16:30",
    ]


def test_only_what_both_are_free_for() -> None:
    tuesdays = Free(LONDON, frozenset({Window.TUE_AM, Window.TUE_PM}))
    mornings = Free(LONDON, frozenset({Window.MON_AM, Window.TUE_AM}))
    found = propose([tuesdays, mornings], MONDAY, timedelta(hours=1))
    assert {start.strftime("%a") for start in found} == {"Tue"}
    assert all(time(9) <= start.time() <= time(12) for start in found)
    assert len(found) >= 5


def test_london_and_new_york_meet_in_the_afternoon() -> None:
    found = propose([Free(LONDON), Free(NEW_YORK)], MONDAY, HALF_HOUR)
    assert {start.time() for start in found} <= {
        time(14, 0), time(14, 30), time(15, 0), time(15, 30), time(16, 0), time(16, 30)
    }  # fmt: skip


def test_hours_that_never_meet_give_nothing() -> None:
    assert propose([Free(LONDON), Free(SINGAPORE)], MONDAY, HALF_HOUR) == []
    mondays, fridays = frozenset({Window.MON_AM}), frozenset({Window.FRI_AM})
    assert propose([Free(LONDON, mondays), Free(LONDON, fridays)], MONDAY, HALF_HOUR) == []


def test_three_over_a_clock_change() -> None:
    """New York changes a week after London: for that week their afternoons shift."""
    early = WorkingHours("America/New_York", time(8), time(16))
    people = [Free(LONDON), Free(early), Free(WorkingHours("Europe/Lisbon"))]
    found = propose(people, utc("2026-10-22T09:00"), timedelta(hours=1))
    assert {start.astimezone(early.tz).date() for start in found} > {date(2026, 10, 30)}
    for start in found:
        for each in people:
            local = start.astimezone(each.hours.tz)
            assert each.hours.opens <= local.time()
            assert (local + timedelta(hours=1)).time() <= each.hours.closes


def test_holidays_of_either_are_left_out() -> None:
    off = WorkingHours("Europe/London", holidays=frozenset({date(2026, 11, 25)}))
    for people in ([Free(off), Free(LONDON)], [Free(LONDON), Free(off)]):
        days = {start.date() for start in propose(people, MONDAY, HALF_HOUR)}
        assert date(2026, 11, 25) not in days
        assert date(2026, 11, 26) in days


def test_what_is_agreed_already_is_left_out() -> None:
    tuesday = Free(LONDON, frozenset({Window.TUE_AM}))
    busy = Free(LONDON, busy=((utc("2026-12-01T09:00"), utc("2026-12-01T12:30")),))
    found = propose([tuesday, busy], MONDAY, HALF_HOUR)
    december = [start for start in found if start.date() == date(2026, 12, 1)]
    assert said(december) == ["Tue 01 12:30"]


def test_what_is_proposed_is_a_day_after_the_last_one_reads_it() -> None:
    friday_evening = utc("2026-11-27T19:00")
    found = propose([Free(LONDON), Free(SYDNEY, frozenset())], friday_evening, HALF_HOUR)
    assert found == []
    assert propose([Free(LONDON)] * 2, friday_evening, HALF_HOUR)[0] >= utc("2026-12-01T09:00")


def test_the_first_common_one_that_is_still_to_come() -> None:
    one, two, three = (MONDAY + timedelta(hours=n) for n in (1, 2, 3))
    assert common([[three, two], [two, three]], MONDAY) == two
    assert common([[three, two], [two, three]], two) == three
    assert common([[one], [two], [one, two]], MONDAY) is None
    assert common([[one, two], [two], []], MONDAY) is None


def test_times_of_day() -> None:
    assert times_of_day(Free(LONDON)) == (time(9), time(17))
    assert times_of_day(Free(LONDON, frozenset({Window.MON_AM}))) == (time(9), time(13))
    late = WorkingHours("Europe/London", time(18), time(22))
    assert times_of_day(Free(late, frozenset({Window.MON_AM}))) == (time(18), time(22))


windows = st.frozensets(st.sampled_from(Window))
people = st.lists(st.builds(Free, working_hours(), windows), min_size=2, max_size=3)
lengths = st.sampled_from(LENGTHS).map(lambda minutes: timedelta(minutes=minutes))


@given(people, moments, lengths)
def test_every_start_suits_everybody(
    everybody: list[Free], now: datetime, length: timedelta
) -> None:
    found = propose(everybody, now, length)
    assert found == propose(everybody, now, length)
    assert found == sorted(found)
    assert len(found) <= MOST
    assert all(later - start >= length for start, later in pairwise(found))
    first = everybody[0].hours
    soonest = max(each.hours.next_open(now) for each in everybody) + SOONEST
    assert len({first.local_day(start) for start in found}) <= DAYS_AHEAD
    for start in found:
        assert start.tzinfo is UTC
        assert start >= soonest
        local = start.astimezone(first.tz)
        assert (local.minute % 30, local.second, local.microsecond) == (0, 0, 0)
        for each in everybody:
            assert each.hours.is_open(start)
            assert each.hours.is_open(start + length - timedelta(microseconds=1))
            assert _in_a_window(each, start, length)


def _in_a_window(free: Free, start: datetime, length: timedelta) -> bool:
    if not free.windows:
        return True
    local, last = (at.astimezone(free.hours.tz) for at in (start, start + length - HALF_HOUR / 2))
    return all(
        any(
            window.weekday == at.weekday() and window.starts <= at.time() < window.ends
            for window in free.windows
        )
        for at in (local, last)
    )
