"""Times of sessions over every change of every clock in the world, reckoned from local time."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.hours import DAY, WorkingHours
from bot.domain.kinds import Window
from bot.domain.slots import Free, propose
from bot.domain.typed.time import local_to_utc, read_time
from tests.unit.domain.test_every_zone import ORDINARY, changes, is_working, zones

HOUR = timedelta(hours=1)
MORNINGS = frozenset(window for window in Window if window.starts < time(12))


def both_changes() -> Iterator[tuple[str, datetime]]:
    """Each way to keep time, and the days on which its clocks go forward and back within a year."""
    for zone in zones():
        for change in changes(zone)[:2]:
            yield zone, change


def test_times_that_are_proposed_are_working_hours_for_both() -> None:
    """Somebody there, and somebody in a zone near it whose clocks never change."""
    found = 0
    for zone, change in both_changes():
        there = WorkingHours(zone)
        offset = change.astimezone(there.tz).utcoffset()
        assert offset is not None
        west = round(-offset / HOUR)
        near = WorkingHours(f"Etc/GMT{west:+}" if -14 <= west <= 12 else "UTC")
        for first, second in ((there, near), (near, there)):
            for starts in propose([Free(first), Free(second)], change - 4 * DAY, HOUR):
                found += 1
                for hours in (first, second):
                    for moment in (starts, starts + HOUR - timedelta(seconds=1)):
                        assert is_working(moment, str(hours.zone), *ORDINARY), (zone, starts)
                assert starts.astimezone(first.tz).minute in (0, 30)
    assert found > 500


def test_a_half_day_is_a_half_day_on_both_sides_of_a_change() -> None:
    for zone, change in both_changes():
        free = Free(WorkingHours(zone), MORNINGS)
        for starts in propose([free], change - 4 * DAY, HOUR):
            local = starts.astimezone(ZoneInfo(zone))
            assert time(9) <= local.time() <= time(12), (zone, local)  # an hour, until one o'clock


@pytest.mark.parametrize("at", [time(14, 30), time(0, 30), time(2, 30)], ids=str)
def test_a_time_that_is_typed_is_what_their_clock_shows(at: time) -> None:
    for zone, change in both_changes():
        tz = ZoneInfo(zone)
        for days in (-1, 0, 1):
            day = (change + days * DAY).astimezone(tz).date()
            try:
                moment = local_to_utc(day, at, zone)
            except RuleBroken as gap:
                # Only where their clock never shows it.
                wall = datetime.combine(day, at, tz)
                there_and_back = wall.astimezone(UTC).astimezone(tz)
                assert (gap.key, there_and_back.time() == at) == ("time_gap", False)  # noqa: PT017
                continue
            local = moment.astimezone(tz)
            assert (local.date(), local.time()) == (day, at), (zone, local)
            now = change - 5 * DAY
            assert read_time(f"{day:%Y-%m-%d} {at:%H:%M}", now, zone) == moment
