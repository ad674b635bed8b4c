"""What reading gives of programmes: frozen pictures for templates and handlers, as in `views`.

A lead is shown who, how many and why; never what a pair wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Every, Shape
from bot.domain.states import RoundState
from bot.services.views_people import PersonView, ReasonView


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme as anybody may see it. Times of day are local in `zone`."""

    id: int
    workspace_id: int
    name: str
    channel: str  # empty for the open programme
    announcement: str
    contacts: str
    kinds: tuple[Kind, ...]
    shape: Shape
    round_kind: Kind
    every: Every
    weekday: int
    month_day: int
    runs_at: time
    zone: str
    is_opt_in: bool
    approval: Approval
    length_minutes: int
    capacity: int
    must_differ: tuple[str, ...]
    must_share: tuple[str, ...]
    repeat_window: int
    weights: Mapping[str, int]
    with_trios: bool
    country: str
    opens_at: time
    closes_at: time
    retention_days: int
    is_archived: bool
    leads: tuple[PersonView, ...]
    enrolled: int = 0  # people, whatever their roles
    next_dates: tuple[datetime, ...] = ()  # of the next three rounds, UTC

    @property
    def is_open(self) -> bool:
        """Whether it is the workspace's own programme, which no channel has."""
        return not self.channel


@dataclass(frozen=True, slots=True)
class DraftView:
    """A programme as it would be, with what changes; for the preview before the yes."""

    id: int
    programme: ProgrammeView  # id 0 for one that does not exist yet
    is_new: bool
    announces_again: bool  # whether the card in the channel would change


@dataclass(frozen=True, slots=True)
class RoleView:
    """What somebody offers or seeks in one role of a programme."""

    role: Role
    area_keys: tuple[str, ...]
    areas: tuple[str, ...]  # labels
    topics: str
    capacity: int
    formats: tuple[str, ...]
    windows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Somebody in a programme, in the roles they took."""

    programme: ProgrammeView
    person: PersonView
    roles: tuple[RoleView, ...]  # none: they left, or never joined
    department: str
    seniority: int | None
    languages: tuple[str, ...]  # codes
    location: str
    manager: PersonView | None
    apart: tuple[PersonView, ...]  # for the person's own eyes
    country: str = ""  # ISO 3166
    suggested: tuple[RoleView, ...] = ()  # to begin with: what they said elsewhere, or before

    @property
    def is_enrolled(self) -> bool:
        return bool(self.roles)

    def role(self, role: Role) -> RoleView | None:
        return next((each for each in self.roles if each.role == role), None)

    def filled(self, role: Role) -> RoleView | None:
        """What the form shows for a role: what holds, or what they may want to begin with."""
        return self.role(role) or next((each for each in self.suggested if each.role == role), None)


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round. `answer` is what the reader said to its notice, None without an answer."""

    id: int
    programme: ProgrammeView
    number: int
    part: int
    due_on: date
    runs_at: datetime
    state: RoundState
    run: int
    seed: int
    answer: bool | None = None
    meets_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class PairView:
    """One pair, trio or seat of a plan."""

    id: int
    mentee: PersonView
    mentor: PersonView
    third: PersonView | None
    turn: int
    suitability: int  # 0 to 1000
    reasons: tuple[ReasonView, ...]
    is_locked: bool
    is_new: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class LeftView:
    """Someone left out: `rule` and `counts` say why (see matching.results.Unmatched).

    `rule` is never "apart" here: that one is told as "nobody_left", to leads too.
    """

    person: PersonView
    role: Role
    rule: str
    candidates: int
    counts: Mapping[str, int]
    areas: tuple[str, ...]  # labels
    waiting: int  # rounds in a row before this one


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A round's plan as its leads see it, in numbers; the pairs and the left come in pages."""

    round: RoundView
    people: int  # who takes part
    pairs: int
    matched: int  # people
    left: int
    locked: int
    vetoed: int
    new: int  # pairs that the plan before did not have
    lost: tuple[tuple[PersonView, PersonView], ...]  # of the plan before, mentee and mentor: a few
    lost_count: int
    gone: tuple[PersonView, ...]  # who left after the plan was made
    suitability: int  # mean, 0 to 1000
    worst: int | None
    best_possible: bool  # proven: no plan matches more people or fits better
    most_people: bool  # proven: no plan matches more people
    gap: float  # share by which the total could be better at most; 1: nothing is proven of it
    unsent: int  # introductions that Slack refused for good
    approved_by: PersonView | None
    approved_at: datetime | None
    opened: int  # pairs that have their session
    is_stuck: bool = False  # the making of the plan was given up


@dataclass(frozen=True, slots=True)
class PairsPage:
    """Some of a plan's pairs: a page of them, or those of one person."""

    review: ReviewView
    pairs: tuple[PairView, ...]
    page: int  # from 1
    pages: int
    person: PersonView | None  # whose pairs, when it was searched for somebody


@dataclass(frozen=True, slots=True)
class LeftPage:
    """Some of those whom a plan leaves out."""

    review: ReviewView
    left: tuple[LeftView, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """Another mentor for a mentee, and how well they suit."""

    mentor: PersonView
    suitability: int
    is_taken: bool  # is in another pair of this plan


@dataclass(frozen=True, slots=True)
class SeatView:
    """One turn of a group flash, as one of those at the table sees it."""

    turn: int
    starts_at: datetime
    ends_at: datetime
    mentor: PersonView
    mentees: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class RotaView:
    """Where somebody sits in a group flash, turn by turn."""

    round: RoundView
    role: Role
    seats: tuple[SeatView, ...]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A request that waits, as a lead may see it: who, what kind, which areas, since when."""

    request_id: int
    mentee: PersonView
    kind: Kind
    is_taster: bool
    areas: tuple[str, ...]
    length_minutes: int
    waiting_since: datetime
    asked: int  # mentors who were asked


@dataclass(frozen=True, slots=True)
class QueueView:
    """The requests of a programme that found nobody yet, the longest waiting first."""

    programme: ProgrammeView
    waiting: tuple[WaitingView, ...]
    more: int = 0  # beyond those shown


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What is wrong with one row of a list: a sentence's key and its facts."""

    row: int
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportView:
    """A list of people on its way in."""

    id: int
    programme: ProgrammeView
    state: str  # "reading", "ready", "failed", "taken", "discarded"
    new: int
    changed: int
    unchanged: int
    problems: tuple[ProblemView, ...]  # the first few
    problem_count: int
    unknown_columns: tuple[str, ...]
    failure: str | None
    failure_facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedView:
    """What a lead's Home tab and `/mentoring round` show of one programme."""

    programme: ProgrammeView
    waiting: int  # requests in the queue
    round: RoundView | None  # the one under way or to come, if it exists yet
