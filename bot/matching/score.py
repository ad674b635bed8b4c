"""How well a mentor suits one request, and why. Hard rules forbid; everything else only weighs.

The same scoring as a round's, with one row. Everything is integers and nothing depends on the order
of the input: the same facts and the same seed give the same order of mentors.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.kinds import Format, Kind, Role, Window
from bot.matching.people import Member, Rules
from bot.matching.reasons import WEIGHTS, MatchReason, ReasonKey, Rule

__all__ = [
    "WEIGHTS",
    "MatchReason",
    "MenteeFacts",
    "MentorFacts",
    "ReasonKey",
    "Rule",
    "Scored",
    "forbidden_by",
    "rank",
]

REQUEST_RULES: Final = Rules(
    must_differ=frozenset(), must_share=frozenset(), repeat_window=0, weights=WEIGHTS
)
"""A single request forbids little: the mentor may always say no."""


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


def rank(request: MenteeFacts, mentors: Iterable[MentorFacts], seed: int) -> list[Scored]:
    """Everyone who may be asked, the best first; equals in an order drawn from `seed`."""
    scored = _scored(request, list(mentors))
    return sorted(scored, key=lambda one: (-one.suitability, _lot(seed, request.id, one.mentor_id)))


def _scored(request: MenteeFacts, mentors: Sequence[MentorFacts]) -> list[Scored]:
    allowed = [mentor for mentor in mentors if forbidden_by(request, mentor) is None]
    if not allowed:
        return []
    import numpy as np  # here, as all that needs it: an idle process has no use for it

    from bot.matching.explain import reasons_of
    from bot.matching.table import table_of

    members = [_mentor(request, mentor) for mentor in allowed]
    table = table_of([_mentee(request)], members, REQUEST_RULES, request.at, ranked=False)
    cols = np.arange(len(members))
    rows = np.zeros_like(cols)
    suits = table.along(rows, cols)
    return [
        Scored(member.id, int(suit), reasons)
        for member, suit, reasons in zip(members, suits, reasons_of(table, rows, cols), strict=True)
    ]


def _mentee(request: MenteeFacts) -> Member:
    return Member(
        id=request.id,
        roles=frozenset({Role.MENTEE}),
        seeks=tuple(sorted(request.areas)),
        windows=request.windows,
        zone=request.zone,
        formats=request.formats,
        languages=request.languages,
    )


def _mentor(request: MenteeFacts, mentor: MentorFacts) -> Member:
    asked = mentor.last_asked_at
    return Member(
        id=mentor.id,
        roles=frozenset({Role.MENTOR}),
        offers=tuple(sorted(mentor.areas)),
        windows=mentor.windows,
        zone=mentor.zone,
        formats=mentor.formats,
        languages=mentor.languages,
        as_mentor=mentor.capacity - mentor.sessions_this_month,
        held=mentor.sessions_this_month,
        past={request.id: 1} if mentor.past_with else {},
        rested_for=None if asked is None else request.at - asked,
    )


def _lot(seed: int, mentee_id: int, mentor_id: int) -> bytes:
    return hashlib.sha256(f"{seed}:{mentee_id}:{mentor_id}".encode()).digest()
