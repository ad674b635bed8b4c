"""How well a mentor suits one request, and why. Hard rules forbid; everything else only weighs.

Everything is integers and nothing depends on the order of the input: the same facts and the same
seed give the same order of mentors. Whole rounds use the same scores.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final

from bot.domain.kinds import Format, Kind, Window
from bot.matching.overlap import free_spans, shared_minutes


class ReasonKey(StrEnum):
    """Why two people suit each other; the templates know the sentences."""

    AREAS = auto()  # facts: areas
    HOURS = auto()  # facts: minutes a week
    FORMATS = auto()  # facts: formats
    LANGUAGES = auto()  # facts: languages
    FRESH = auto()  # they have not had a session together
    LOAD = auto()  # facts: free, the sessions the mentor still has this month
    RESTED = auto()  # the mentor was not asked lately


WEIGHTS: Final[Mapping[ReasonKey, int]] = MappingProxyType(
    {
        ReasonKey.AREAS: 400,  # knowing the matter is what a flash session is for
        ReasonKey.HOURS: 250,  # a pair without a common hour never meets
        ReasonKey.FORMATS: 100,  # can be settled between them, if need be
        ReasonKey.FRESH: 100,  # new people are half the point; former partners have keep in touch
        ReasonKey.LOAD: 60,  # spread the work over the mentors
        ReasonKey.RESTED: 40,  # do not ask the same person twice in a fortnight
        ReasonKey.LANGUAGES: 50,  # until languages are asked for, the same for everyone
    }
)
"""What each reason is worth at its best; they add up to 1000."""

ENOUGH_MINUTES: Final = 480  # a common working day a week is plenty; more is not better
RESTED_AFTER: Final = timedelta(days=14)


class Rule(StrEnum):
    """The hard rules of a single request."""

    SELF = auto()  # nobody mentors themselves
    FULL = auto()  # product.md 1.7: a mentor at capacity is never matched
    TASTER_ONLY = auto()  # offered one taster, and nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeFacts:
    """A request and the one who asks. Empty sets mean unknown. `at` is when it is looked at."""

    id: int
    at: datetime
    kind: Kind = Kind.FLASH
    areas: frozenset[str] = frozenset()
    windows: frozenset[Window] = frozenset()
    zone: str | None = None
    formats: frozenset[Format] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts:
    """A mentor, as seen from one request: `past_with` is about this mentee."""

    id: int
    capacity: int
    sessions_this_month: int = 0
    areas: frozenset[str] = frozenset()
    windows: frozenset[Window] = frozenset()
    zone: str | None = None
    formats: frozenset[Format] = frozenset()
    languages: frozenset[str] = frozenset()
    past_with: bool = False
    taster_only: bool = False
    last_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatchReason:
    """One thing that speaks for a pair, with what the sentence may mention."""

    key: ReasonKey
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """A mentor who may be asked: 0 to 1000, and the reasons, the weightiest first."""

    mentor_id: int
    suitability: int
    reasons: tuple[MatchReason, ...]


def forbidden_by(request: MenteeFacts, mentor: MentorFacts) -> Rule | None:
    """The hard rule that keeps the two apart, None when there is none."""
    if request.id == mentor.id:
        return Rule.SELF
    if mentor.sessions_this_month >= mentor.capacity:
        return Rule.FULL
    if mentor.taster_only and request.kind is not Kind.SPOT:
        return Rule.TASTER_ONLY
    return None


def score(request: MenteeFacts, mentor: MentorFacts) -> Scored | None:
    """How well the mentor suits, None when a hard rule forbids it."""
    if forbidden_by(request, mentor) is not None:
        return None
    shares = _shares(request, mentor)
    earned = {key: round(WEIGHTS[key] * shares[key]) for key in WEIGHTS}
    said = {key: facts for key, facts in _facts(request, mentor).items() if earned[key] > 0}
    ordered = sorted(said, key=lambda key: (-earned[key], key.value))
    reasons = tuple(MatchReason(key, said[key]) for key in ordered)
    return Scored(mentor.id, sum(earned.values()), reasons)


def rank(request: MenteeFacts, mentors: Iterable[MentorFacts], seed: int) -> list[Scored]:
    """Everyone who may be asked, the best first; equals in an order drawn from `seed`."""
    scored = [one for mentor in mentors if (one := score(request, mentor)) is not None]
    return sorted(scored, key=lambda one: (-one.suitability, _lot(seed, request.id, one.mentor_id)))


UNKNOWN: Final = 0.5
"""What an unknown is worth: better than a bad fit, not as good as a good one."""


def _shares(request: MenteeFacts, mentor: MentorFacts) -> dict[ReasonKey, float]:
    """How much of each weight is earned, 0 to 1."""
    rested = 1.0
    if mentor.last_asked_at is not None:
        rested = min(1.0, max(0.0, (request.at - mentor.last_asked_at) / RESTED_AFTER))
    hours = UNKNOWN
    if request.windows and mentor.windows:
        hours = min(1.0, _common_minutes(request, mentor) / ENOUGH_MINUTES)
    return {
        ReasonKey.AREAS: _shared(request.areas, mentor.areas, len(request.areas)),
        ReasonKey.HOURS: hours,
        ReasonKey.FORMATS: _shared(request.formats, mentor.formats, 1),
        ReasonKey.LANGUAGES: _shared(request.languages, mentor.languages, 1),
        ReasonKey.FRESH: 0.0 if mentor.past_with else 1.0,
        ReasonKey.LOAD: 1 - mentor.sessions_this_month / mentor.capacity,
        ReasonKey.RESTED: rested,
    }


def _facts(request: MenteeFacts, mentor: MentorFacts) -> dict[ReasonKey, Mapping[str, object]]:
    """What can truly be said for the pair; an unknown is no reason."""
    facts: dict[ReasonKey, Mapping[str, object]] = {}
    for key, shared in (
        (ReasonKey.AREAS, request.areas & mentor.areas),
        (ReasonKey.FORMATS, request.formats & mentor.formats),
        (ReasonKey.LANGUAGES, request.languages & mentor.languages),
    ):
        if shared:
            facts[key] = {key.value: sorted(shared)}
    minutes = _common_minutes(request, mentor)
    if minutes:
        facts[ReasonKey.HOURS] = {"minutes": minutes}
    if not mentor.past_with:
        facts[ReasonKey.FRESH] = {}
    if mentor.sessions_this_month == 0:
        facts[ReasonKey.LOAD] = {"free": mentor.capacity}
    return facts


def _shared(wanted: frozenset[str], given: frozenset[str], enough: int) -> float:
    if not wanted or not given:
        return UNKNOWN
    return min(1.0, len(wanted & given) / enough)


def _common_minutes(request: MenteeFacts, mentor: MentorFacts) -> int:
    return shared_minutes(
        free_spans(request.windows, request.zone, request.at),
        free_spans(mentor.windows, mentor.zone, request.at),
    )


def _lot(seed: int, mentee_id: int, mentor_id: int) -> bytes:
    return hashlib.sha256(f"{seed}:{mentee_id}:{mentor_id}".encode()).digest()
