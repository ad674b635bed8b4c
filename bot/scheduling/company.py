"""The hours of several people at once: of a pair or a trio, and of leads, of whom one will do."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.hours import TOGETHER_WITHIN, SharedHours, WorkingHours
from bot.domain.manners import Hours
from bot.services.views import PersonView


class AnyOf:
    """Open when it is for one of them: one who reads it will do. Days are those of the first."""

    def __init__(self, each: Sequence[WorkingHours]) -> None:
        if not each:
            raise ValueError("there must be somebody")
        self._each = each

    def is_open(self, moment: datetime) -> bool:
        """Whether one of them may be spoken to."""
        return any(hours.is_open(moment) for hours in self._each)

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open for one, otherwise the next that is (UTC)."""
        return min(hours.next_open(moment) for hours in self._each)

    def local_day(self, moment: datetime) -> date:
        """The date on the calendar of the first."""
        return self._each[0].local_day(moment)

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The bounds of that day for the first (UTC)."""
        return self._each[0].day_bounds(day)


class AllOf(AnyOf):
    """Open when it is for all, if that comes within three days; otherwise when it is for the first.

    The same for any number as `SharedHours` is for two.
    """

    def is_open(self, moment: datetime) -> bool:
        """Whether all may be spoken to, or it gets no better than the first alone."""
        return self.next_open(moment) == moment

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open, otherwise the next that is (UTC)."""
        alone = at = self._each[0].next_open(moment)
        while at <= moment + TOGETHER_WITHIN:
            latest = max(hours.next_open(at) for hours in self._each)
            if latest == at:
                return at
            at = latest
        return alone


def of_all(members: Sequence[PersonView]) -> Hours:
    """The hours of those who are told together; the mentee's count first (see `SharedHours`).

    `members` as in a session's group: mentor, mentee, and the third of a trio.
    """
    mentor, mentee, *third = (member.hours for member in members)
    return AllOf((mentee, mentor, *third)) if third else SharedHours(mentee, mentor)


def of_any(members: Sequence[PersonView]) -> Hours:
    """The hours of those of whom one will do."""
    return AnyOf([member.hours for member in members])
