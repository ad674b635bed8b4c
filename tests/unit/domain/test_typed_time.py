"""Times as people type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.hours import zone_or_utc
from bot.domain.typed.time import (
    check_start,
    find_day,
    local_to_utc,
    read_day,
    read_time,
)
from tests.unit.domain.rules import result_or_rule
from tests.unit.domain.strategies import moments, zones
from tests.unit.domain.test_hours import utc

SATURDAY = utc("2026-11-21T10:00")


def broken(text: str, now: datetime = SATURDAY, zone: str = "Europe/London") -> str:
    with pytest.raises(RuleBroken) as error:
        read_time(text, now, zone)
    return error.value.key


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("tomorrow 3pm", "2026-11-22T15:00"),
        ("Tomorrow, at 3 p.m.", "2026-11-22T15:00"),
        ("the day after tomorrow at noon", "2026-11-23T12:00"),
        ("today 10:01", "2026-11-21T10:01"),
        ("3pm", "2026-11-21T15:00"),
        ("9am", "2026-11-22T09:00"),
        ("at 3", "2026-11-21T15:00"),
        ("at 8", "2026-11-22T08:00"),
        ("12am tomorrow", "2026-11-22T00:00"),
        ("Thu 14:30", "2026-11-26T14:30"),
        ("thursday 14.30", "2026-11-26T14:30"),
        ("2pm on Tuesday", "2026-11-24T14:00"),
        ("Saturday 9:00", "2026-11-28T09:00"),
        ("Saturday 11:00", "2026-11-21T11:00"),
        ("next Monday at 10", "2026-11-23T10:00"),
        ("next Saturday at 10", "2026-11-28T10:00"),
        ("27 Nov 9:15", "2026-11-27T09:15"),
        ("27 Nov 9.15", "2026-11-27T09:15"),
        ("Fri 27 Nov, 9:15", "2026-11-27T09:15"),
        ("Nov 27th at 2:30 pm", "2026-11-27T14:30"),
        ("27/11 14h", "2026-11-27T14:00"),
        ("3.12. 9:00", "2026-12-03T09:00"),
        ("3.12 9:00", "2026-12-03T09:00"),
        ("10 o'clock on 3 Dec", "2026-12-03T10:00"),
        ("5 Jan 10:00", "2027-01-05T10:00"),
        ("2026-12-01 14:00", "2026-12-01T14:00"),
        ("2026-12-01T14:00", "2026-12-01T14:00"),
        ("2026-12-01T14:00+01:00", "2026-12-01T13:00"),
        ("2026-12-01T14:00:00Z", "2026-12-01T14:00"),
        ("20 Nov 2027 10:00", "2027-11-20T10:00"),
        ("20.11.27 10:00", "2027-11-20T10:00"),
        ("25 June 10:00", "2027-06-25T09:00"),
        ("Monday 7h", "2026-11-23T07:00"),
        ("3 days from now at 10", "2026-11-24T10:00"),
        ("in 2 hours", "2026-11-21T12:00"),
        ("in 45 minutes", "2026-11-21T10:45"),
        ("in an hour", "2026-11-21T11:00"),
        ("in two weeks at 10", "2026-12-05T10:00"),
        ("in 3 days, 11:30", "2026-11-24T11:30"),
    ],
)
def test_what_is_understood(text: str, moment: str) -> None:
    assert read_time(text, SATURDAY, "Europe/London") == utc(moment)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "time_unreadable"),
        ("   ", "time_unreadable"),
        ("soon", "time_unreadable"),
        ("9", "time_unreadable"),
        ("tomorrow 25:00", "time_unreadable"),
        ("tomorrow 13pm", "time_unreadable"),
        ("31 feb 10:00", "time_unreadable"),
        ("2026-13-01 10:00", "time_unreadable"),
        ("9999-12-31 23:59", "time_unreadable"),
        ("Mon 27 Nov 10:00", "time_unreadable"),  # it is a Friday
        ("tomorrow 15:00 PST", "time_unreadable"),
        ("1 Dec 5pm est", "time_unreadable"),
        ("27 Nov 10:00-11:00", "time_unreadable"),
        ("Wed 10:00 or Thu 11:00", "time_unreadable"),
        ("<!channel> 10:00", "time_unreadable"),
        ("🕒" * 500, "time_unreadable"),
        ("tomorrow", "time_no_clock"),
        ("Friday", "time_no_clock"),
        ("27 Nov", "time_no_clock"),
        ("today 8:00", "time_past"),
        ("today 10:00", "time_past"),
        ("yesterday at 10", "time_past"),
        ("20 Nov 10:00", "time_past"),  # yesterday, not in a year
        ("5/10 10:00", "time_past"),
        ("this Monday 10:00", "time_past"),
        ("2025-12-01 14:00", "time_past"),
    ],
)
def test_what_is_refused(text: str, key: str) -> None:
    assert broken(text) == key


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        # The clocks change on the night before; ten o'clock stays ten o'clock.
        ("Europe/London", "2026-03-28 10:00", "2026-03-28T10:00"),
        ("Europe/London", "2026-03-29 10:00", "2026-03-29T09:00"),
        ("Europe/London", "2026-10-25 10:00", "2026-10-25T10:00"),
        ("America/New_York", "8 March 2026 10:00", "2026-03-08T14:00"),
        ("America/New_York", "2026-11-01 10:00", "2026-11-01T15:00"),
        ("Australia/Sydney", "2026-04-05 10:00", "2026-04-05T00:00"),
        ("Australia/Sydney", "2026-10-04 10:00", "2026-10-03T23:00"),
        ("Australia/Lord_Howe", "2026-04-05 10:00", "2026-04-04T23:30"),
        ("Australia/Lord_Howe", "2026-10-04 10:00", "2026-10-03T23:00"),
        # What happens twice is the first.
        ("Europe/London", "2026-10-25 1:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-11-01 1:30am", "2026-11-01T05:30"),
        ("Australia/Sydney", "2026-04-05 2:30", "2026-04-04T15:30"),
        ("Australia/Lord_Howe", "2026-04-05 1:45", "2026-04-04T14:45"),
    ],
)
def test_around_clock_changes(zone: str, text: str, moment: str) -> None:
    assert read_time(text, utc("2026-01-01T00:00"), zone) == utc(moment)


@pytest.mark.parametrize(
    ("zone", "text", "local"),
    [
        ("Europe/London", "2026-03-29 1:30", time(1, 30)),
        ("America/New_York", "2026-03-08 2:15", time(2, 15)),
        ("Australia/Sydney", "2026-10-04 2:30", time(2, 30)),
        ("Australia/Lord_Howe", "2026-10-04 2:15", time(2, 15)),
    ],
)
def test_a_time_the_clocks_jump_over(zone: str, text: str, local: time) -> None:
    with pytest.raises(RuleBroken) as error:
        read_time(text, utc("2026-01-01T00:00"), zone)
    assert error.value.key == "time_gap"
    assert error.value.facts["time"] == local


def test_looking_back() -> None:
    def past(text: str) -> datetime:
        return read_time(text, SATURDAY, "Europe/London", prefer="past")

    assert past("3pm") == utc("2026-11-20T15:00")
    assert past("9am") == utc("2026-11-21T09:00")
    assert past("Thursday 10:00") == utc("2026-11-19T10:00")
    assert past("Saturday 11:00") == utc("2026-11-14T11:00")


def test_a_start_is_ahead_and_not_too_far() -> None:
    assert check_start(SATURDAY + timedelta(days=180), SATURDAY)
    for moment, key in ((SATURDAY, "time_past"), (SATURDAY + timedelta(days=181), "time_far")):
        with pytest.raises(RuleBroken) as error:
            check_start(moment, SATURDAY)
        assert error.value.key == key


def test_the_day_alone() -> None:
    assert read_day("on Friday", SATURDAY, "Europe/London") == date(2026, 11, 27)
    assert read_day("3 Dec", SATURDAY, "Europe/London") == date(2026, 12, 3)
    late = utc("2026-11-21T23:00")
    assert read_day("tomorrow", late, "Asia/Tokyo") == date(2026, 11, 23)


def test_a_day_at_the_end_of_a_sentence() -> None:
    def found(text: str) -> tuple[str, date | None]:
        return find_day(text, SATURDAY, "Europe/London")

    assert found("send the deck by Friday") == ("send the deck", date(2026, 11, 27))
    assert found("mail Bo on the budget on 3 Dec.") == ("mail Bo on the budget", date(2026, 12, 3))
    assert found("stand by me") == ("stand by me", None)
    assert found("by Friday") == ("by Friday", None)


@given(zones, moments, st.times())
def test_a_picked_time_comes_back_or_is_a_gap(zone: str, moment: datetime, at: time) -> None:
    day, at = moment.date(), at.replace(second=0, microsecond=0)
    local = datetime.combine(day, at)
    picked = result_or_rule(lambda: local_to_utc(day, at, zone))
    if isinstance(picked, str):
        assert picked == "time_gap"
        return
    assert picked.tzinfo is UTC
    assert picked.astimezone(zone_or_utc(zone)).replace(tzinfo=None) == local
    assert read_time(f"{local:%Y-%m-%d %H:%M}", moment, zone, "past") == picked


WORDS = st.lists(
    st.sampled_from(
        (
            "tomorrow",
            "next",
            "mon",
            "friday",
            "27",
            "nov",
            "3pm",
            "10:00",
            "at",
            "in",
            "2",
            "weeks",
            "31",
            "2026-12-01",
            "99",
            "/",
            "-",
            ".",
            "am",
            "z",
            "3.12",
            "1/2/26",
        )
    ),
    max_size=6,
).map(" ".join)


@given(st.text(max_size=60) | WORDS, moments, zones)
def test_anything_typed_is_a_time_ahead_or_a_rule(text: str, now: datetime, zone: str) -> None:
    moment = result_or_rule(lambda: read_time(text, now, zone))
    if isinstance(moment, str):
        assert moment in ("time_unreadable", "time_no_clock", "time_past", "time_gap")
    else:
        assert moment > now
        assert moment.second == 0
