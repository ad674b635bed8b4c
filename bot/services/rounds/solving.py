"""From the people of a round to its plan, whatever shape the programme has. Pure, and slow: it
belongs into a thread."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.matching.people import BOTH
from bot.matching.results import Progress
from bot.services.rounds.gathering import Gathered, Ids
from bot.services.rounds.solutions import Solution

TIME_ALLOWED = 60.0  # seconds; leads wait for the plan


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
    # Each with its solver, which is half of what a process would hold; few processes plan a round.
    if gathered.shape is Shape.PEERS:
        from bot.services.rounds.solving_peers import solve_peers

        return solve_peers(gathered)
    if gathered.shape is Shape.GROUPS:
        from bot.services.rounds.solving_groups import solve_groups

        return solve_groups(gathered)
    from bot.services.rounds.solving_pairs import solve_pairs

    return solve_pairs(gathered, tell, time_allowed)


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


def others_for(gathered: Gathered, mentee_id: int) -> tuple[tuple[int, int], ...]:
    """Who could be this person's mentor, or partner among peers, as far as rules say: (id,
    suitability), the best first. Limits are left aside."""
    from bot.matching.choices import alternatives

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
