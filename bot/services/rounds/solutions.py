"""A round's plan in rows that may be written down and shown, whatever shape it has."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.domain.kinds import Role
from bot.matching.reasons import MatchReason, Rule
from bot.matching.results import Proof, Totals, Unmatched
from bot.services.rounds.gathering import Gathered

NOBODY_LEFT = "nobody_left"
"""Said in the place of a rule that is for no one's eyes, and where none can be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """People put together: a row of the plan."""

    mentee_id: int
    mentor_id: int
    third_id: int | None = None
    turn: int = 0
    suitability: int
    reasons: list[dict[str, Any]] = field(default_factory=list)

    @property
    def people(self) -> frozenset[int]:
        ids = (self.mentee_id, self.mentor_id, self.third_id)
        return frozenset(each for each in ids if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Someone without a partner, in words that may be shown (see `RoundLeft`)."""

    person_id: int
    role: Role
    rule: str = NOBODY_LEFT
    candidates: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan: who with whom, who is left, and both in numbers."""

    pairs: tuple[Put, ...]
    left: tuple[LeftOut, ...]
    totals: dict[str, Any]
    proof: dict[str, Any]


def solution_of(
    gathered: Gathered,
    pairs: list[Put],
    unmatched: Iterable[Unmatched],
    totals: Totals,
    proof: Proof,
) -> Solution:
    """Each person without any partner is told once: as the learner, where they wanted both."""
    placed = {one for pair in pairs for one in pair.people}
    left: dict[int, LeftOut] = {}
    for one in sorted(unmatched, key=lambda each: each.role is Role.MENTOR):
        if one.id not in placed:
            left.setdefault(one.id, _left_out(one))
    return summed(gathered, pairs, list(left.values()), totals, proof)


def summed(
    gathered: Gathered, pairs: list[Put], left: list[LeftOut], totals: Totals, proof: Proof
) -> Solution:
    """The plan, and how many people take part in it, are matched, and are left."""
    matched = len({one for pair in pairs for one in pair.people})
    numbers = {"people": len(gathered.available), "matched": matched, "left": len(left)}
    return Solution(tuple(pairs), tuple(left), {**asdict(totals), **numbers}, asdict(proof))


def _left_out(one: Unmatched) -> LeftOut:
    """Who would rather not be matched with whom is told to nobody, not even between the lines."""
    if one.rule is Rule.APART:
        return LeftOut(person_id=one.id, role=one.role)
    return LeftOut(
        person_id=one.id,
        role=one.role,
        rule=one.rule.value,
        candidates=one.candidates,
        counts={rule.value: n for rule, n in one.left.items() if rule is not Rule.APART},
        areas=list(one.topics),
    )


def as_json(reasons: Iterable[MatchReason]) -> list[dict[str, Any]]:
    """The reasons as they are kept."""
    return [{"key": each.key.value, "facts": dict(each.facts)} for each in reasons]
