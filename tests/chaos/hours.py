"""Good hours, reckoned again from the calendar: nine to five on weekdays, in the reader's zone."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LEEWAY = timedelta(seconds=30)
"""Between the look at the clock and the message in Slack, on a machine that is busy."""
OPENS, CLOSES = time(9), time(17)
TOGETHER_WITHIN = timedelta(days=3)
GRAIN = timedelta(minutes=5)


def is_good(moment: datetime, zone: str) -> bool:
    """Whether somebody who lives there works at that moment, or did half a minute before."""
    return _is_open(moment, zone) or _is_open(moment - LEEWAY, zone)


def is_good_for_all(moment: datetime, zones: Sequence[str]) -> bool:
    """Whether all work; or one does, and there is no moment for all within three days."""
    if all(is_good(moment, zone) for zone in zones):
        return True
    return any(is_good(moment, zone) for zone in zones) and not _ever_together(moment, zones)


def opens_before(moment: datetime, end: datetime, zones: Sequence[str]) -> bool:
    """Whether all of them work at some moment from then until before `end`."""
    while moment < end:
        if all(_is_open(moment, zone) for zone in zones):
            return True
        moment += GRAIN
    return False


def _ever_together(moment: datetime, zones: Sequence[str]) -> bool:
    return opens_before(moment + GRAIN, moment + TOGETHER_WITHIN - GRAIN, zones)


def _is_open(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone or "UTC"))
    return local.weekday() < 5 and OPENS <= local.time() < CLOSES
