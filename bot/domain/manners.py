"""When a message may reach a person: in their hours, at most three nudges a day.

The decision and its reasons are in docs/decisions/003-manners.md.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Final, Protocol

DAILY_NUDGES: Final = 3
"""How many messages a person gets on one local day because of time, over all programmes."""


class Manner(StrEnum):
    """Why a message is sent, which decides when it may be."""

    ANSWER = auto()  # the direct reply to this person's own act: at once
    NEWS = auto()  # somebody else acted: in the recipient's hours, not counted
    NUDGE = auto()  # because of time: in hours, counted, moved when the day is full
    TIMELY = auto()  # tied to a minute the pair chose: never moved, counted
    CHORE = auto()  # no message at all

    @property
    def counts(self) -> bool:
        """Whether it is one of the three a day."""
        return self in (Manner.NUDGE, Manner.TIMELY)


class Hours(Protocol):
    """What manners ask of a person's hours, or of a pair's (see `hours`)."""

    def is_open(self, moment: datetime) -> bool: ...

    def next_open(self, moment: datetime) -> datetime: ...

    def local_day(self, moment: datetime) -> date: ...

    def day_bounds(self, day: date) -> tuple[datetime, datetime]: ...


@dataclass(frozen=True, slots=True)
class Send:
    """Say it now."""


@dataclass(frozen=True, slots=True)
class Move:
    """Look again at `to` (UTC, later than now, an open moment)."""

    to: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave it unsaid, for this reason: "paused", "daily_limit" or "expired"."""

    reason: str


Decision = Send | Move | Skip


@dataclass(frozen=True, slots=True)
class Pause:
    """A person wants no nudges: `until` a moment, or None until they say otherwise."""

    until: datetime | None = None


def decide(
    manner: Manner,
    now: datetime,
    hours: Hours,
    *,
    said_today: int = 0,
    timely_ahead_today: int = 0,
    paused: Pause | None = None,
    expires_at: datetime | None = None,
) -> Decision:
    """Whether to say it now, later, or not.

    `said_today` counts what was said with a manner that `counts` on the recipient's local day, and
    `timely_ahead_today` the timely ones planned for the rest of it: a nudge leaves room for them.
    A pause holds back nudges only. What could be moved only to `expires_at` or later is said now
    if it is news (an odd hour is better than never), and left unsaid if it is a nudge.
    """
    if manner in (Manner.ANSWER, Manner.CHORE):
        return Send()
    if manner is Manner.TIMELY:
        return Skip("daily_limit") if said_today >= DAILY_NUDGES else Send()
    if manner is Manner.NEWS:
        to = hours.next_open(now)
        return Send() if to <= now or _over(to, expires_at) else Move(to)
    return _decide_nudge(now, hours, said_today + timely_ahead_today, paused, expires_at)


def _decide_nudge(
    now: datetime,
    hours: Hours,
    taken: int,
    paused: Pause | None,
    expires_at: datetime | None,
) -> Decision:
    to = now
    if paused is not None:
        if paused.until is None:
            return Skip("paused")
        to = max(to, paused.until)
    if to == now and hours.is_open(now) and taken >= DAILY_NUDGES:
        to = hours.day_bounds(hours.local_day(now))[1]
    to = hours.next_open(to)
    if to <= now:
        return Send()
    return Skip("expired") if _over(to, expires_at) else Move(to)


def _over(to: datetime, expires_at: datetime | None) -> bool:
    return expires_at is not None and to >= expires_at
