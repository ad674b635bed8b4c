"""From the people of a round to its plan in rows, whatever shape the programme has. Pure, and slow:
it belongs into a thread."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.matching.choices import alternatives
from bot.matching.groups import plan_groups
from bot.matching.peers import Circle, plan_peers
from bot.matching.people import BOTH, Member
from bot.matching.plan import plan
from bot.matching.reasons import MatchReason, Rule
from bot.matching.results import Progress, Proof, Totals, Unmatched
from bot.matching.topics import SOUGHT
from bot.services.gathering import Gathered, Ids

TIME_ALLOWED = 60.0  # seconds; leads wait for the plan
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


def solve(
    gathered: Gathered,
    tell: Callable[[Progress], None] = lambda _: None,
    time_allowed: float = TIME_ALLOWED,
) -> Solution:
    """The best plan for these people; never refuses: a lock that a rule forbids by now is dropped.

    `tell` is called in the same thread.
    """
    try:
        return _solve(gathered, tell, time_allowed)
    except RuleBroken as broken:
        if broken.key != "lock_forbidden":
            raise
    try:
        return _solve(replace(gathered, locked=_still_allowed(gathered)), tell, time_allowed)
    except RuleBroken:
        return _solve(replace(gathered, locked=()), tell, time_allowed)


def _solve(gathered: Gathered, tell: Callable[[Progress], None], time_allowed: float) -> Solution:
    if gathered.shape is Shape.PEERS:
        return _peers(gathered)
    if gathered.shape is Shape.GROUPS:
        return _groups(gathered)
    found = plan(
        gathered.members,
        gathered.rules,
        at=gathered.at,
        seed=gathered.seed,
        locked=gathered.locked,
        vetoed=gathered.vetoed,
        time_allowed=time_allowed,
        tell=tell,
    )
    pairs = [
        Put(
            mentee_id=pair.mentee_id,
            mentor_id=pair.mentor_id,
            suitability=pair.suitability,
            reasons=_json(pair.reasons),
        )
        for pair in found.pairs
    ]
    return _solution(gathered, pairs, found.unmatched, found.totals, found.proof)


def _still_allowed(gathered: Gathered) -> Ids:
    """The locks that rules, vetoes and everybody's limits allow, the first ones first."""
    peers = gathered.shape is Shape.PEERS
    vetoed = {frozenset(pair) for pair in gathered.vetoed}
    limits = {
        (one.id, role): 1 if peers else one.limit(role) for one in gathered.members for role in Role
    }
    kept = []
    for mentee, mentor in gathered.locked:
        ends = [(mentee, Role.MENTEE), (mentor, Role.MENTOR)]
        if peers:
            ends = [(one, role) for one in (mentee, mentor) for role in Role]
        allowed = {other for other, _ in others_for(gathered, mentee)}
        free = all(limits[end] for end in ends) and frozenset((mentee, mentor)) not in vetoed
        if free and mentor in allowed:
            kept.append((mentee, mentor))
            for end in ends:
                limits[end] -= 1
    return tuple(kept)


def _peers(gathered: Gathered) -> Solution:
    start = time.monotonic()
    found = plan_peers(
        gathered.members,
        gathered.rules,
        at=gathered.at,
        seed=gathered.seed,
        locked=gathered.locked,
        vetoed=gathered.vetoed,
        trios=gathered.with_trios,
    )
    by_id = {one.id: one for one in gathered.members}
    pairs = [_directed(circle, by_id) for circle in found.circles]
    suits = [pair.suitability for pair in pairs]
    seated = sum(len(pair.people) for pair in pairs)
    people = len(gathered.available)
    worst = min(suits, default=None)
    totals = Totals(people, seated, people, seated, len(pairs), sum(suits), worst, 0)
    seconds = time.monotonic() - start
    bound = round(found.suitability * (1 + found.gap))
    proof = Proof(found.most_people, bound, found.gap, (0, 0, 0), False, 1, 1, seconds, False)
    return _solution(gathered, pairs, found.unmatched, totals, proof)


def _directed(circle: Circle, by_id: Mapping[int, Member]) -> Put:
    """Among equals, the mentor is the one whose offer answers best what the others seek."""

    def answers(one: int) -> tuple[bool, float, int]:
        offers = sum(_fit(by_id[other], by_id[one]) for other in circle.ids if other != one)
        return Role.MENTOR in by_id[one].roles, offers, one

    mentor = max(circle.ids, key=answers)
    rest = sorted(
        (one for one in circle.ids if one != mentor),
        key=lambda one: (-_fit(by_id[one], by_id[mentor]), one),
    )
    return Put(
        mentee_id=rest[0],
        mentor_id=mentor,
        third_id=rest[1] if len(rest) > 1 else None,
        suitability=circle.suitability,
        reasons=_json(circle.reasons),
    )


def _fit(mentee: Member, mentor: Member) -> float:
    """The share of what the one seeks that the other offers, the dearest counting most."""
    worth = [SOUGHT[min(rank, len(SOUGHT) - 1)] for rank in range(len(mentee.seeks))]
    met = sum(
        each for each, topic in zip(worth, mentee.seeks, strict=True) if topic in mentor.offers
    )
    return met / sum(worth) if worth else 0.0


def _groups(gathered: Gathered) -> Solution:
    start = time.monotonic()
    rota = plan_groups(
        gathered.members,
        gathered.rules,
        at=gathered.at,
        seed=gathered.seed,
        vetoed=gathered.vetoed,
    )
    pairs = [
        Put(
            mentee_id=mentee,
            mentor_id=group.mentor_id,
            turn=turn,
            suitability=group.suitability,
        )
        for turn, groups in enumerate(rota.turns, start=1)
        for group in groups
        for mentee in group.mentee_ids
    ]
    seated = {one for pair in pairs for one in pair.people}
    left = list(_without_a_seat(gathered, seated))
    mentees, mentors = (
        {getattr(pair, f"{role}_id") for pair in pairs} for role in (Role.MENTEE, Role.MENTOR)
    )
    suits = [pair.suitability for pair in pairs]
    totals = Totals(
        len(mentees) + sum(one.role is Role.MENTEE for one in left),
        len(mentees),
        len(mentors) + sum(one.role is Role.MENTOR for one in left),
        len(mentors),
        len(pairs),
        sum(suits),
        min(suits, default=None),
        0,
    )
    seconds = time.monotonic() - start
    proof = Proof(False, sum(suits), 0.0, (0, 0, 0), False, 1, 1, seconds, False)
    return _summed(gathered, pairs, left, totals, proof)


def _without_a_seat(gathered: Gathered, seated: set[int]) -> Iterator[LeftOut]:
    for one in gathered.members:
        roles = [role for role in (Role.MENTEE, Role.MENTOR) if one.limit(role)]
        if roles and one.id not in seated:
            yield LeftOut(person_id=one.id, role=roles[0])


def _solution(
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
    return _summed(gathered, pairs, list(left.values()), totals, proof)


def _summed(
    gathered: Gathered, pairs: list[Put], left: list[LeftOut], totals: Totals, proof: Proof
) -> Solution:
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


def _json(reasons: Iterable[MatchReason]) -> list[dict[str, Any]]:
    return [{"key": each.key.value, "facts": dict(each.facts)} for each in reasons]


def others_for(gathered: Gathered, mentee_id: int) -> tuple[tuple[int, int], ...]:
    """Who could be this person's mentor, or partner among peers, as far as rules say: (id,
    suitability), the best first. Limits are left aside."""
    members = gathered.members
    if gathered.shape is not Shape.PEERS:
        return alternatives(members, gathered.rules, at=gathered.at, mentee_id=mentee_id)
    peers = [replace(one, roles=BOTH) if one.roles else one for one in members]
    # The other way round: what the one offers is what the other seeks.
    turned = [replace(one, seeks=one.offers, offers=one.seeks) for one in peers]
    backwards = replace(gathered.rules, reverse=not gathered.rules.reverse)
    ways = [
        dict(alternatives(these, rules, at=gathered.at, mentee_id=mentee_id))
        for these, rules in ((peers, gathered.rules), (turned, backwards))
    ]
    mean = {one: sum(way.get(one, 0) for way in ways) // 2 for one in ways[0] | ways[1]}
    return tuple(sorted(mean.items(), key=lambda each: (-each[1], each[0])))
