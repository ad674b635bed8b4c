"""What grows from a session, as those in it see it: keeping in touch, and a formal relationship."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.agreements import Activity
from bot.domain.kinds import Format, Role
from bot.domain.programmes import Every
from bot.domain.states import RelationshipState
from bot.services.views_people import PersonView


@dataclass(frozen=True, slots=True)
class TieView:
    """Two former partners, as one of them sees it. What the other answered is not in it.

    `wish` is the reader's own answer of this quarter, `session_id` the session that both wanted.
    """

    id: int
    me: PersonView
    other: PersonView
    quarter: int
    next_at: datetime  # when the next quarter begins
    is_stopped: bool = False  # by the reader
    wish: bool | None = None
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One version of what two people agreed, or are about to. Empty words mean the usual."""

    version: int
    objective: str
    goals: tuple[str, ...]
    support: str
    activities: tuple[Activity, ...]
    formats: tuple[Format, ...]
    availability: str
    cancelling: str
    confidentiality: str
    ending: str
    every: Every
    length_minutes: int
    months: int
    agenda_ahead: bool
    by: PersonView
    mentor_signed_at: datetime | None = None
    mentee_signed_at: datetime | None = None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class LookBackView:
    """What somebody wrote at the end, for their partner."""

    gained: str
    thanks: str
    keeps: bool  # would like to keep in touch


@dataclass(frozen=True, slots=True)
class RelationshipView:
    """A formal relationship as one of the two sees it.

    `agreement` is the newest version, `in_force` the number of the one both signed, 0 before that.
    `theirs` says of keeping in touch only what both want (`keep_in_touch`).
    """

    id: int
    state: RelationshipState
    me: PersonView
    mentor: PersonView
    mentee: PersonView
    area: str  # a label, or nothing
    in_force: int
    agreement: AgreementView | None
    retention_days: int
    area_key: str = ""
    asked_by: PersonView | None = None
    ends_on: date | None = None
    review_on: date | None = None
    ended_by: PersonView | None = None
    mine: LookBackView | None = None
    theirs: LookBackView | None = None
    keep_in_touch: bool = False
    next_at: datetime | None = None  # the session ahead, once it has a time
    next_id: int | None = None  # the session ahead, with a time or without
    last_at: datetime | None = None  # the last one that took place
    fresh_at: datetime | None = None
    is_erased: bool = False

    @property
    def role(self) -> Role:
        """The reader's side."""
        return Role.MENTOR if self.me.id == self.mentor.id else Role.MENTEE

    @property
    def other(self) -> PersonView:
        return self.mentee if self.role is Role.MENTOR else self.mentor

    @property
    def i_signed(self) -> bool:
        """Whether the reader signed the newest version."""
        return self._signed(self.role)

    @property
    def other_signed(self) -> bool:
        return self._signed(self.role.other)

    def _signed(self, role: Role) -> bool:
        if self.agreement is None:
            return False
        at = self.agreement
        return (at.mentor_signed_at if role is Role.MENTOR else at.mentee_signed_at) is not None


@dataclass(frozen=True, slots=True)
class PartnerView:
    """Somebody with whom a session took place, and who could be asked to go on formally."""

    session_id: int
    other: PersonView
    role: Role  # the reader's own, in that session
    held_at: datetime


@dataclass(frozen=True, slots=True)
class PastView:
    """A formal relationship that has ended, as one of the two finds it again."""

    id: int
    other: PersonView
    role: Role  # the reader's own side
    area: str  # a label, or nothing
    began_on: date | None
    ended_on: date
    keeps_in_touch: bool = False
    can_look_back: bool = False  # while its words are kept
    looked_back: bool = False
    talk_id: int | None = None  # the last talk of the two, by which going on is asked again
