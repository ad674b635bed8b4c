"""Good hours, reckoned again from the calendar: nine to five on weekdays, in the reader's zone,
and not on the holidays of the programme that they take part in."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tests.chaos.record import Colleague

LEEWAY = timedelta(seconds=30)
"""Between the look at the clock and the message in Slack, on a machine that is busy."""
OPENS, CLOSES = time(9), time(17)
TOGETHER_WITHIN = timedelta(days=3)
GRAIN = timedelta(minutes=5)

HOLIDAYS: Final = {
    "GB": frozenset(
        {date(2026, 4, 3), date(2026, 5, 4), date(2026, 5, 25), date(2026, 12, 25)}
        | {date(2026, 12, 28), date(2027, 1, 1)}
    ),
    "DE": frozenset(
        {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14)}
        | {date(2026, 5, 25), date(2026, 12, 25), date(2027, 1, 1)}
    ),
}
"""Those of the whole country on weekdays of the year that a run takes, from its calendar."""


def is_good(moment: datetime, who: Colleague) -> bool:
    """Whether they work at that moment, or did half a minute before."""
    return _is_open(moment, who) or _is_open(moment - LEEWAY, who)


def is_good_for_all(moment: datetime, people: Sequence[Colleague]) -> bool:
    """Whether all work; or one does, and there is no moment for all within three days."""
    if all(is_good(moment, who) for who in people):
        return True
    return any(is_good(moment, who) for who in people) and not _ever_together(moment, people)


def opens_before(moment: datetime, end: datetime, people: Sequence[Colleague]) -> bool:
    """Whether all of them work at some moment from then until before `end`."""
    while moment < end:
        if all(_is_open(moment, who) for who in people):
            return True
        moment += GRAIN
    return False


def local_day(moment: datetime, who: Colleague) -> date:
    """The date where they live."""
    return moment.astimezone(ZoneInfo(who.zone or "UTC")).date()


def _ever_together(moment: datetime, people: Sequence[Colleague]) -> bool:
    return opens_before(moment + GRAIN, moment + TOGETHER_WITHIN - GRAIN, people)


def _is_open(moment: datetime, who: Colleague) -> bool:
    local = moment.astimezone(ZoneInfo(who.zone or "UTC"))
    if local.weekday() >= 5 or not OPENS <= local.time() < CLOSES:
        return False
    joined = who.joined_at is not None and who.joined_at <= moment
    return not (joined and local.date() in HOLIDAYS.get(who.country, ()))
