"""The fixed choices of Lantern: kinds of session, roles, formats, lengths and free windows.

Values are what the database, the templates and the form options carry; the words that people read
live in the templates.
"""

from datetime import time
from enum import StrEnum, auto
from typing import Final


class Kind(StrEnum):
    """What sort of conversation a session is (product.md, Words)."""

    FLASH = auto()  # one focused question, an hour at most
    SPOT = auto()  # casual; the taster is one
    REVERSE = auto()  # the senior person is the learner
    KEEP_IN_TOUCH = auto()  # former partners, once a quarter


class Role(StrEnum):
    """The side a person takes in one session."""

    MENTOR = auto()
    MENTEE = auto()

    @property
    def other(self) -> "Role":
        """The role of the partner."""
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class Format(StrEnum):
    """How a pair talks. In person means a public place, never a home."""

    IN_PERSON = auto()
    VIDEO = auto()
    PHONE = auto()
    WALK = auto()
    CHAT = auto()


class Reason(StrEnum):
    """Why someone asks for a flash session."""

    LEARNING = auto()  # support for something being learned
    ROLE = auto()  # how a role is really done
    OUTSIDE_VIEW = auto()  # an outside view on one issue
    CAREER = auto()  # career advice


class Outcome(StrEnum):
    """One person's answer to "did it happen?"."""

    YES = auto()
    NO = auto()
    NOT_YET = auto()


class Wish(StrEnum):
    """What somebody would like after a session; only what both would like is ever told."""

    AGAIN = auto()  # another session on this
    KEEP_IN_TOUCH = auto()
    FORMAL = auto()
    NO = auto()


class ReferralKind(StrEnum):
    """Why somebody else is named."""

    INSTEAD = auto()  # they are better placed for this
    INTRODUCTION = auto()  # the mentee should know them


LENGTHS: Final = (15, 30, 45, 60)
"""The lengths of a session that can be asked for, in minutes."""

MAX_LENGTH: Final = 60
"""No flash or spot session is longer than this, in minutes."""


class Window(StrEnum):
    """A half-day of the week in which someone is usually free, in their own time zone."""

    MON_AM = auto()
    MON_PM = auto()
    TUE_AM = auto()
    TUE_PM = auto()
    WED_AM = auto()
    WED_PM = auto()
    THU_AM = auto()
    THU_PM = auto()
    FRI_AM = auto()
    FRI_PM = auto()

    @property
    def weekday(self) -> int:
        """The day of the week, Monday 0 to Friday 4."""
        return list(Window).index(self) // 2

    @property
    def starts(self) -> time:
        """The local time at which the half-day begins."""
        return HALF_DAYS[self.value[-2:]][0]

    @property
    def ends(self) -> time:
        """The local time at which the half-day is over."""
        return HALF_DAYS[self.value[-2:]][1]


HALF_DAYS: Final = {"am": (time(9), time(13)), "pm": (time(13), time(17))}
"""What a morning and an afternoon mean, in local time."""
