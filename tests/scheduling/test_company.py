"""The hours of several at once: when all are there, or when one will do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours import SharedHours, WorkingHours
from bot.scheduling.company import AllOf, AnyOf, of_all, of_any
from bot.services.views import PersonView
from tests.support.clock import MONDAY

LONDON, TOKYO, LA = (
    WorkingHours(zone) for zone in ("Europe/London", "Asia/Tokyo", "America/Los_Angeles")
)
HOUR = timedelta(hours=1)


def somebody(person_id: int, hours: WorkingHours) -> PersonView:
    return PersonView(person_id, 1, f"U{person_id}", "Ada", "UTC", hours=hours)


def test_one_of_them_will_do() -> None:
    leads = of_any([somebody(1, TOKYO), somebody(2, LA)])
    assert not leads.is_open(MONDAY)  # seven in the evening, two in the night
    assert leads.next_open(MONDAY) == MONDAY + 7 * HOUR
    assert leads.is_open(MONDAY + 7 * HOUR)
    assert leads.local_day(MONDAY) == TOKYO.local_day(MONDAY)
    assert leads.day_bounds(leads.local_day(MONDAY)) == TOKYO.day_bounds(TOKYO.local_day(MONDAY))


def test_somebody_there_must_be() -> None:
    with pytest.raises(ValueError, match="somebody"):
        AnyOf([])


@pytest.mark.parametrize("hours", range(0, 96, 5))
@pytest.mark.parametrize("other", [TOKYO, LA, LONDON])
def test_all_of_two_are_what_a_pair_is(hours: int, other: WorkingHours) -> None:
    moment, pair = MONDAY + hours * HOUR, SharedHours(LONDON, other)
    assert AllOf([LONDON, other]).next_open(moment) == pair.next_open(moment)
    assert AllOf([LONDON, other]).is_open(moment) == pair.is_open(moment)


def test_three_are_told_when_all_are_there() -> None:
    paris, dubai = WorkingHours("Europe/Paris"), WorkingHours("Asia/Dubai")
    trio = of_all([somebody(1, paris), somebody(2, LONDON), somebody(3, dubai)])
    assert isinstance(trio, AllOf)
    assert trio.is_open(MONDAY)  # ten in London, two in the afternoon in Dubai
    evening = datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert not trio.is_open(evening)
    assert trio.next_open(evening) == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_three_who_never_meet_are_told_in_the_mentees_hours() -> None:
    trio = of_all([somebody(1, TOKYO), somebody(2, LONDON), somebody(3, LA)])
    assert trio.is_open(MONDAY)
    assert trio.next_open(MONDAY + 8 * HOUR) == MONDAY + 23 * HOUR


def test_two_are_a_pair() -> None:
    assert of_all([somebody(1, TOKYO), somebody(2, LONDON)]) == SharedHours(LONDON, TOKYO)
