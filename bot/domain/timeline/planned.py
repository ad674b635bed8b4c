"""One job as a plan, what plans are made from, and how a job's key is made.

A key is unique for ever: planning the same thing twice changes nothing. Keys that carry a plan's
version ("session:42:3:reminder_soon:7") are planned anew whenever the time changes; keys without
one ("session:42:agenda_ask") happen once in the life of a session.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.hours import MINUTE, WorkingHours
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind

ROOM_TO_ACT: Final = timedelta(hours=1)
"""Something said before a weekend is said this long before closing, so that one can still act."""


SNOOZED: Final = ":snoozed:"
"""Stands in the key of a nudge that its reader put off, before the moment it comes back at."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A job to write down: `recipient_id` None means the pair together, or nobody (a chore).

    Times are UTC. At `expires_at` it is pointless; None means the kind's lateness alone decides.
    """

    kind: JobKind
    key: str
    recipient_id: int | None
    due_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two, or three, as the plans see them."""

    person_id: int
    hours: WorkingHours


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a plan needs to know of a session. `plan` counts how often its time was set."""

    session_id: int
    kind: Kind
    mentor_id: int
    mentee_id: int
    mentor_hours: WorkingHours
    mentee_hours: WorkingHours
    matched_at: datetime
    starts_at: datetime | None = None
    moved_from: datetime | None = None  # the start that held until now, if another was set
    length_minutes: int = 60
    plan: int = 0
    agenda_written: bool = False
    third: Party | None = None  # of a trio; learns beside the mentee
    is_formal: bool = False  # one of many that two people agreed on

    @property
    def mentor(self) -> Party:
        return Party(self.mentor_id, self.mentor_hours)

    @property
    def mentee(self) -> Party:
        return Party(self.mentee_id, self.mentee_hours)

    @property
    def mentees(self) -> tuple[Party, ...]:
        """Who learns, and writes the agenda: one, or two of a trio."""
        return (self.mentee,) if self.third is None else (self.mentee, self.third)

    @property
    def everyone(self) -> tuple[Party, ...]:
        """The mentee first: who asked, writes first."""
        return (*self.mentees, self.mentor)

    @property
    def is_first(self) -> bool:
        """Whether it may grow into more: not a talk of two who go on with each other already."""
        return self.kind is not Kind.KEEP_IN_TOUCH and not self.is_formal

    def own_key(self, what: str, party: Party) -> tuple[object, ...]:
        """The end of the key of what only mentees are told: the third's has their id in it."""
        return (what,) if party.person_id == self.mentee_id else (what, party.person_id)


def plan_prefix(session_id: int, plan: int) -> str:
    """What the keys of one plan of a session begin with; skip its unsent jobs before the next."""
    return f"session:{session_id}:{plan}:"


def session_key(session_id: int, *parts: object) -> str:
    """The key of something about a session: "session:42:" and the parts."""
    return ":".join(("session", str(session_id), *(str(part) for part in parts)))


def by(hours: WorkingHours, moment: datetime) -> datetime:
    """A good moment to say something that must be known by `moment`.

    The moment itself when it is open; otherwise the last open day before, an hour to closing.
    """
    at = hours.last_open(moment)
    return at if at >= moment else hours.last_open(at + MINUTE - ROOM_TO_ACT)
