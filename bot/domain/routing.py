"""Counting for the routing of requests; the order of mentors is in `matching.score`."""

from datetime import datetime

from bot.domain.hours import zone_or_utc


def capacity_month(moment: datetime, zone: str | None) -> str:
    """The calendar month, such as "2026-11", in which a mentor's session counts, by their zone.

    A capacity is "sessions per month" as the mentor reads it on their own calendar.
    """
    return moment.astimezone(zone_or_utc(zone)).strftime("%Y-%m")
