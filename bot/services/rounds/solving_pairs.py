"""A plan of mentors and mentees: nobody is the mentor of their own mentor in the same round."""

import time
from collections.abc import Callable
from dataclasses import replace

from bot.matching.plan import plan
from bot.matching.results import Pair, Plan, Progress
from bot.services.rounds.gathering import Gathered
from bot.services.rounds.solutions import Put, Solution, as_json, solution_of

TRIES = 4
"""Plans made anew because two people stood in it both ways; what is left then is taken out."""


def solve_pairs(
    gathered: Gathered, tell: Callable[[Progress], None], time_allowed: float
) -> Solution:
    """Raises RuleBroken "lock_forbidden" (see `matching.plan`).

    Of two people who would be each other's mentor the better pair stays, or the locked one. The
    proof holds against all plans, those with such pairs too.
    """
    start = time.monotonic()
    barred = {(mentor, mentee) for mentee, mentor in gathered.locked}
    found = first = _plan(gathered, barred, tell, time_allowed)
    for _ in range(TRIES):
        weaker = _weaker(found)
        left = time_allowed - (time.monotonic() - start)
        if not weaker or left <= 0:
            break
        barred |= weaker
        found = _plan(gathered, barred, tell, left)
    found = _honest(_taken_out(found, _weaker(found)), first, gathered)
    pairs = [
        Put(
            mentee_id=pair.mentee_id,
            mentor_id=pair.mentor_id,
            suitability=pair.suitability,
            reasons=as_json(pair.reasons),
        )
        for pair in found.pairs
    ]
    return solution_of(gathered, pairs, found.unmatched, found.totals, found.proof)


def _plan(
    gathered: Gathered,
    barred: set[tuple[int, int]],
    tell: Callable[[Progress], None],
    time_allowed: float,
) -> Plan:
    return plan(
        gathered.members,
        gathered.rules,
        at=gathered.at,
        seed=gathered.seed,
        locked=gathered.locked,
        vetoed=gathered.vetoed,
        barred=barred,
        time_allowed=time_allowed,
        tell=tell,
    )


def _weaker(found: Plan) -> set[tuple[int, int]]:
    """Of each two who stand in the plan both ways, the pair (mentee, mentor) that is to go."""
    by_people = {(pair.mentee_id, pair.mentor_id): pair for pair in found.pairs}
    both = [
        (pair, by_people[pair.mentor_id, pair.mentee_id])
        for pair in found.pairs
        if pair.mentee_id < pair.mentor_id and (pair.mentor_id, pair.mentee_id) in by_people
    ]
    return {(one.mentee_id, one.mentor_id) for one in (min(two, key=_strength) for two in both)}


def _strength(pair: Pair) -> tuple[bool, int, int]:
    return pair.locked, pair.suitability, -pair.mentee_id


def _taken_out(found: Plan, weaker: set[tuple[int, int]]) -> Plan:
    """The plan without these pairs; each of their people keeps the other one."""
    if not weaker:
        return found
    pairs = tuple(one for one in found.pairs if (one.mentee_id, one.mentor_id) not in weaker)
    suits = [one.suitability for one in pairs]
    totals = replace(
        found.totals,
        mentees_matched=len({one.mentee_id for one in pairs}),
        mentors_matched=len({one.mentor_id for one in pairs}),
        pairs=len(pairs),
        suitability=sum(suits),
        worst=min(suits, default=None),
    )
    return replace(found, pairs=pairs, totals=totals)


def _honest(found: Plan, first: Plan, gathered: Gathered) -> Plan:
    """With what the first plan, from which nothing was barred, proves of it: no other is better.

    Where barring cost somebody one of two roles, suitability proves nothing any more (gap 1).
    """
    if found is first:
        return found
    same = _worth(found, gathered) == _worth(first, gathered)
    total = found.totals.suitability + found.proof.lifted[2]  # what lifting the worst-off cost
    gap = min(1.0, max(0, first.proof.bound - total) / total) if total else 0.0
    met = {one for pair in found.pairs for one in (pair.mentee_id, pair.mentor_id)}
    proof = replace(
        found.proof,
        most_people=first.proof.most_people if same else gathered.available <= met,
        bound=first.proof.bound,
        gap=gap if same else 1.0,
        cut=first.proof.cut or found.proof.cut,
        rule=first.proof.rule or found.proof.rule,
    )
    return replace(found, proof=proof)


def _worth(found: Plan, gathered: Gathered) -> int:
    """What the people matched count, each role by itself, as the engine counts them."""
    urgency = {one.id: one.urgency for one in gathered.members}
    sides = {pair.mentee_id for pair in found.pairs}, {pair.mentor_id for pair in found.pairs}
    return sum(urgency[one] for side in sides for one in side)
