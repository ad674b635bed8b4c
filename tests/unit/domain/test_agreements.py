"""What follows from an agreement in time: the rhythm, the end, the review."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.agreements import (
    INTERVAL,
    RHYTHMS,
    Stage,
    ends_on,
    first_ahead,
    months_later,
    next_start,
    reviews_on,
    stage_of,
)
from bot.domain.hours import WorkingHours
from bot.domain.programmes import Every

LONDON = WorkingHours("Europe/London")
LISBON = WorkingHours("Europe/Lisbon")
PAIR = (LONDON, LISBON)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_months_end_where_a_shorter_month_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == ends_on(day, months) == later


def test_the_hour_stays_when_the_clocks_change() -> None:
    winter = datetime(2027, 3, 17, 14, tzinfo=UTC)
    summer = next_start(winter, Every.TWO_WEEKS, PAIR)
    assert summer == datetime(2027, 3, 31, 13, tzinfo=UTC)
    assert summer.astimezone(LONDON.tz).time() == time(14)


def test_a_day_that_one_has_off_is_put_off() -> None:
    off = WorkingHours("Europe/Lisbon", holidays=frozenset({date(2026, 12, 9)}))
    start = datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert next_start(start, Every.TWO_WEEKS, (LONDON, off)).date() == date(2026, 12, 10)
    # The same day of the next month is a Saturday.
    start = datetime(2026, 11, 5, 14, tzinfo=UTC)
    assert next_start(start, Every.MONTH, PAIR).date() == date(2026, 12, 7)


@pytest.mark.parametrize("every", RHYTHMS)
def test_the_next_one_leaves_time_to_prepare(every: Every) -> None:
    start = datetime(2026, 11, 25, 14, tzinfo=UTC)
    for late in range(0, 90, 7):
        now = start + timedelta(days=late, hours=3)
        found = first_ahead(start, every, PAIR, now)
        assert timedelta(days=2) <= found - now <= INTERVAL[every] + timedelta(days=6)


def test_the_agreement_is_looked_at_half_way_and_before_the_end() -> None:
    start = date(2026, 11, 23)
    half = reviews_on(start, 6, start)
    assert half == date(2027, 2, 21)
    last = reviews_on(start, 6, half)
    assert last == date(2027, 5, 9)
    assert reviews_on(start, 6, last) is None
    assert reviews_on(start, 1, start) == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 12, 7), Stage.MIDDLE),
        (date(2027, 2, 19), Stage.MIDDLE),
        (date(2027, 2, 20), Stage.REVIEW),  # half-way from 23 November to 21 May
        (date(2027, 3, 5), Stage.REVIEW),
        (date(2027, 3, 6), Stage.MIDDLE),
        (date(2027, 5, 7), Stage.MIDDLE),
        (date(2027, 5, 8), Stage.LAST),
        (date(2027, 6, 1), Stage.LAST),
    ],
)
def test_the_stage_of_a_meeting_every_two_weeks(day: date, stage: Stage) -> None:
    way: dict[str, Any] = {
        "every": Every.TWO_WEEKS,
        "started_on": date(2026, 11, 23),
        "until": date(2027, 5, 21),
    }
    assert stage_of(day, talked=True, **way) is stage
    assert stage_of(day, talked=False, **way) is Stage.FIRST


def test_without_an_end_it_is_on_the_way() -> None:
    way: dict[str, Any] = {"every": Every.WEEK, "started_on": None, "until": None}
    assert stage_of(date(2027, 2, 20), talked=True, **way) is Stage.MIDDLE
