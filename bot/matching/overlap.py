"""When somebody is free, in real hours across zones."""

from datetime import UTC, datetime, timedelta

from bot.domain.hours import moment_at, zone_or_utc
from bot.domain.kinds import Window

Span = tuple[datetime, datetime]


def free_spans(windows: frozenset[Window], zone: str | None, at: datetime) -> list[Span]:
    """Someone's free half-days (UTC) in the calendar week after the one of `at`.

    A real week, so that the offsets are those of the days in question.
    """
    tz = zone_or_utc(zone)
    # The same week for everybody, so that only whole weeks are compared.
    today = at.astimezone(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    spans = []
    for window in windows:
        day = monday + timedelta(days=window.weekday)
        spans.append((moment_at(day, window.starts, tz), moment_at(day, window.ends, tz)))
    return sorted(spans)
