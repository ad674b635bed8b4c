"""The plan of a group flash: tables in turns, a row for each seat of a mentee."""

import time
from collections.abc import Iterator

from bot.domain.kinds import Role
from bot.matching.groups import plan_groups
from bot.matching.results import Proof, Totals
from bot.services.rounds.gathering import Gathered
from bot.services.rounds.solutions import LeftOut, Put, Solution, summed


def solve_groups(gathered: Gathered) -> Solution:
    """Nobody is locked, and who has no seat in any turn is left without a rule to name."""
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
    return summed(gathered, pairs, left, totals, proof)


def _without_a_seat(gathered: Gathered, seated: set[int]) -> Iterator[LeftOut]:
    for one in gathered.members:
        roles = [role for role in (Role.MENTEE, Role.MENTOR) if one.limit(role)]
        if roles and one.id not in seated:
            yield LeftOut(person_id=one.id, role=roles[0])
