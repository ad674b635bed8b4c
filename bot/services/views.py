"""What reading gives: plain, frozen pictures of the facts, made for templates and handlers.

Moments are aware UTC. Texts are as they were typed. A view is read-only and carries no rights: what
may be shown to whom was decided by the service that made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.agreements import Stage
from bot.domain.kinds import Format, Kind, Outcome, Reason, Role, Wish
from bot.domain.programmes import Shape
from bot.domain.states import ActionState, OfferState, RequestState, SessionState
from bot.services.requests.views_asking import ReferralView
from bot.services.views_people import PersonView, ReasonView

__all__ = [
    "ActionView",
    "AgendaView",
    "ChecklistItem",
    "ChecklistView",
    "OfferView",
    "PersonView",
    "ReasonView",
    "RequestView",
    "SessionView",
]


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with the words in it. `offer_*` describe the live offer, if there is one.

    To whom it was put is not told, unless the request was for one person by name.
    """

    id: int
    kind: Kind
    is_taster: bool
    state: RequestState
    mentee: PersonView
    topic: str
    hoped_for: str
    questions: tuple[str, ...]
    reason: Reason | None
    areas: tuple[str, ...]  # labels, not keys
    formats: tuple[Format, ...]
    windows: tuple[str, ...]
    length_minutes: int
    waiting_since: datetime | None = None
    offer_id: int | None = None
    offer_expires_at: datetime | None = None
    asked_before: int = 0  # mentors who declined or did not answer
    invited: PersonView | None = None  # asked by name: the first who was
    asked: PersonView | None = None  # by name: the last who was, and what they said
    asked_state: OfferState | None = None
    proposed_minutes: int | None = None  # something shorter, suggested by `asked`
    words: str = ""  # the kind reason of `asked`
    named: ReferralView | None = None  # instead of `asked`; the requester has not said yet


@dataclass(frozen=True, slots=True)
class OfferView:
    """A request put to one mentor."""

    id: int
    state: OfferState
    mentor: PersonView
    request: RequestView
    reasons: tuple[ReasonView, ...]
    expires_at: datetime
    proposed_minutes: int | None = None  # what they suggested instead
    suggested_by: PersonView | None = None  # who named them, and why
    suggested_words: str = ""
    one_off: bool = False  # they have no room this month, and are asked as a kindness


@dataclass(frozen=True, slots=True)
class AgendaView:
    """What the mentee wants to talk about."""

    topics: tuple[str, ...]
    outcome: str
    questions: tuple[str, ...]
    reading: str
    off_limits: str
    version: int
    points: tuple[str, ...] = ()  # added by the mentor
    updates: str = ""  # what happened since the last time
    answered_version: int | None = None  # the one that the mentor found good as it is

    @property
    def is_good(self) -> bool:
        """Whether the mentor found it good as it stands now."""
        return self.answered_version == self.version


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of a checklist."""

    key: str
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """One person's checklist in one session, and whether the partner is ready."""

    role: Role
    items: tuple[ChecklistItem, ...]
    other_ready: bool
    hints: tuple[str, ...] = ()  # of a formal pair: what is worth talking about this time

    @property
    def ready(self) -> bool:
        return all(item.ticked for item in self.items)

    @property
    def open_count(self) -> int:
        return sum(not item.ticked for item in self.items)


@dataclass(frozen=True, slots=True)
class ActionView:
    """A next step."""

    id: int
    text: str
    owner: PersonView
    due_on: date
    state: ActionState


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as one of those in it sees it; nobody else is ever given one.

    Of a trio, `third` learns beside the mentee. A round's session has no request behind it: its
    topic is what the two share, and nothing was written yet.
    """

    id: int
    kind: Kind
    is_taster: bool
    state: SessionState
    mentor: PersonView
    mentee: PersonView
    topic: str
    hoped_for: str
    questions: tuple[str, ...]
    reason: Reason | None
    reasons: tuple[ReasonView, ...]
    mentor_topics: str
    length_minutes: int
    format: Format | None
    formats: tuple[Format, ...]  # what the mentee said would suit
    place: str
    starts_at: datetime | None
    plan: int
    reschedules: int
    group_channel: str | None
    agenda: AgendaView | None = None
    ready: frozenset[int] = frozenset()  # who ticked all of their checklist
    answers: Mapping[int, Outcome] = field(default_factory=dict)  # of whom to "did it happen?"
    thanked: frozenset[int] = frozenset()  # who wrote a thank-you
    actions: tuple[ActionView, ...] = ()
    third: PersonView | None = None
    programme_id: int = 0
    programme: str = ""  # its name
    has_channel: bool = False  # where a thank-you might be shown
    round_id: int | None = None  # None: somebody asked for it
    held_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_by: PersonView | None = None
    time_set_by: PersonView | None = None
    cancel_reason: str = ""
    retention_days: int = 90
    is_erased: bool = False  # its words were deleted
    shape: Shape | None = None  # of the round it came from; None for one that was asked for
    relationship_id: int | None = None  # of two who go on formally
    carried: tuple[ActionView, ...] = ()  # next steps still open from their sessions before
    next_at: datetime | None = None  # when they meet after this one, by their agreement
    shared: tuple[str, ...] = ()  # labels of areas, of a round's session without a topic of its own
    stage: Stage | None = None  # where on the way of their agreement it is

    @property
    def ends_at(self) -> datetime | None:
        if self.starts_at is None:
            return None
        return self.starts_at + timedelta(minutes=self.length_minutes)

    @property
    def mentees(self) -> tuple[PersonView, ...]:
        """Who learns: one, or two of a trio."""
        return (self.mentee,) if self.third is None else (self.mentee, self.third)

    @property
    def people(self) -> tuple[PersonView, ...]:
        """The mentor, the mentee, and the third of a trio."""
        return (self.mentor, *self.mentees)

    @property
    def is_again(self) -> bool:
        """Whether three who talked before all wished for it."""
        return any(reason.key == Wish.AGAIN for reason in self.reasons)

    def has(self, person_id: int) -> bool:
        """Whether it is this person's session."""
        return any(one.id == person_id for one in self.people)

    def person(self, person_id: int) -> PersonView:
        """One of those in it; ValueError for anybody else."""
        for one in self.people:
            if one.id == person_id:
                return one
        raise ValueError("this person is not part of the session")

    def role_of(self, person_id: int) -> Role:
        """Mentor or mentee (the third of a trio is one too); ValueError for anybody else."""
        return Role.MENTOR if self.person(person_id).id == self.mentor.id else Role.MENTEE

    def other(self, person_id: int) -> PersonView:
        """The partner of `person_id`: the mentor for who learns, the mentee for the mentor."""
        return self.mentee if self.role_of(person_id) is Role.MENTOR else self.mentor

    def others(self, person_id: int) -> tuple[PersonView, ...]:
        """Everybody in it but `person_id`."""
        me = self.person(person_id)
        return tuple(one for one in self.people if one.id != me.id)

    def is_ready(self, person_id: int) -> bool:
        """Whether this person ticked all of their checklist."""
        return self.person(person_id).id in self.ready

    def answer_of(self, person_id: int) -> Outcome | None:
        """What this person said to "did it happen?"."""
        return self.answers.get(self.person(person_id).id)

    def has_thanked(self, person_id: int) -> bool:
        """Whether this person wrote a thank-you."""
        return self.person(person_id).id in self.thanked

    def partners(self, person_id: int) -> tuple[PersonView, ...]:
        """Those on the other side: the mentees of a mentor, the mentor of a mentee."""
        return self.mentees if self.role_of(person_id) is Role.MENTOR else (self.mentor,)

    def may_thank(self, person_id: int) -> bool:
        """Whether they have not yet, and somebody is there who would read it."""
        there = any(not one.is_deleted for one in self.partners(person_id))
        return there and not self.has_thanked(person_id)
