"""A plan among equals: circles of two or three, each with somebody who answers the others."""

import time
from collections.abc import Mapping

from bot.domain.kinds import Role
from bot.matching.peers import Circle, plan_peers
from bot.matching.people import Member
from bot.matching.results import Proof, Totals
from bot.matching.topics import SOUGHT
from bot.services.rounds.gathering import Gathered
from bot.services.rounds.solutions import Put, Solution, as_json, solution_of


def solve_peers(gathered: Gathered) -> Solution:
    """Raises RuleBroken "lock_forbidden" (see `matching.peers`)."""
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
    return solution_of(gathered, pairs, found.unmatched, totals, proof)


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
        reasons=as_json(circle.reasons),
    )


def _fit(mentee: Member, mentor: Member) -> float:
    """The share of what the one seeks that the other offers, the dearest counting most."""
    worth = [SOUGHT[min(rank, len(SOUGHT) - 1)] for rank in range(len(mentee.seeks))]
    met = sum(
        each for each, topic in zip(worth, mentee.seeks, strict=True) if topic in mentor.offers
    )
    return met / sum(worth) if worth else 0.0
