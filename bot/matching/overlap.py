"""How much of two people's free time is the same time, in real hours across zones."""

from datetime import UTC, datetime, timedelta

from bot.domain.hours import moment_at, zone_or_utc
from bot.domain.kinds import Window

Span = tuple[datetime, datetime]


def free_spans(windows: frozenset[Window], zone: str | None, at: datetime) -> list[Span]:
    """Someone's free half-days (UTC) in the calendar week after the one of `at`.

    A real week, so that the offsets are those of the days in question.
    """
    tz = zone_or_utc(zone)
    today = at.astimezone(
        UTC
    ).date()  # the same week for everybody, so that only whole weeks are compared
    monday = today + timedelta(days=7 - today.weekday())
    spans = []
    for window in windows:
        day = monday + timedelta(days=window.weekday)
        spans.append((moment_at(day, window.starts, tz), moment_at(day, window.ends, tz)))
    return sorted(spans)


def shared_minutes(a: list[Span], b: list[Span]) -> int:
    """The minutes that are in both; neither list overlaps itself."""
    shared = timedelta()
    for start, end in a:
        for other_start, other_end in b:
            shared += max(timedelta(), min(end, other_end) - max(start, other_start))
    return round(shared / timedelta(minutes=1))
