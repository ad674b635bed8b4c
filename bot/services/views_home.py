"""What `/mentoring sessions` and Home show: all that is open, what to do first, mentors by area."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto

from bot.domain.next_thing import What
from bot.services.growing.views_growing import PastView, RelationshipView, TieView
from bot.services.growing.views_series import SeriesView
from bot.services.programmes.views_programmes import EnrolmentView, LedView, RoundView
from bot.services.views import ActionView, OfferView, PersonView, RequestView, SessionView


@dataclass(frozen=True, slots=True)
class NextView:
    """The thing to do first, with the one row it is about."""

    what: What
    by: datetime | None = None
    session: SessionView | None = None
    offer: OfferView | None = None
    request: RequestView | None = None
    action: ActionView | None = None
    series: SeriesView | None = None
    relationship: RelationshipView | None = None


class Bond(StrEnum):
    """What makes somebody one's mentor, the strongest first."""

    FORMAL = auto()  # an agreement
    TIE = auto()  # they keep in touch
    FORMER = auto()  # an agreement that has ended
    SESSION = auto()  # they talked, within the last year


@dataclass(frozen=True, slots=True)
class MentorView:
    """One of somebody's mentors. `is_inside`: whether of the same department; None: unknown."""

    person: PersonView
    bond: Bond
    is_inside: bool | None
    last_on: date | None = None  # when they last talked; of a former mentor, when it ended


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area and who helps in it; an empty label is help with no area named."""

    key: str
    label: str
    mentors: tuple[MentorView, ...]


@dataclass(frozen=True, slots=True)
class MentorsView:
    """Somebody's mentors by area, and the areas they seek help in and have nobody for."""

    me: PersonView
    areas: tuple[AreaView, ...]
    missing: tuple[AreaView, ...]

    @property
    def has_any(self) -> bool:
        return bool(self.areas or self.missing)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is open for one person: the answer to `/mentoring sessions`, and Home."""

    me: PersonView
    sessions: tuple[SessionView, ...]  # not closed or cancelled, the next one first
    requests: tuple[RequestView, ...]  # theirs, open
    offers: tuple[OfferView, ...]  # put to them, pending
    actions: tuple[ActionView, ...]  # theirs, open
    is_mentor: bool
    taster_only: bool
    capacity: int
    areas: tuple[str, ...]  # labels
    led: tuple[LedView, ...] = ()  # programmes they lead; for Home
    enrolments: tuple[EnrolmentView, ...] = ()  # programmes they are part of; for Home
    ties: tuple[TieView, ...] = ()  # whom they keep in touch with
    relationships: tuple[RelationshipView, ...] = ()  # formal ones, drafts among them
    series: tuple[SeriesView, ...] = ()  # what formal pairs work through
    rounds: tuple[RoundView, ...] = ()  # announced, in programmes they are part of
    mentors: MentorsView | None = None  # theirs by area; for Home
    past: tuple[PastView, ...] = ()  # formal mentoring that has ended; for Home
    next: NextView | None = None  # what to do first
