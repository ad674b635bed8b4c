"""What a lead may choose by hand: who else could be someone's mentor, and who must not be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np

from bot.domain.kinds import Role
from bot.matching.people import Member, Rules
from bot.matching.table import table_of

Pairs = Collection[tuple[int, int]]


def alternatives(
    members: Iterable[Member], rules: Rules, *, at: datetime, mentee_id: int
) -> tuple[tuple[int, int], ...]:
    """The mentors whom no hard rule keeps from one mentee: (id, suitability 0 to 1000), the best
    first, equals by id. Capacity is left aside: a mentor may be full, in the plan or altogether.

    `at` (aware) chooses the week whose hours count, as in a plan. Empty for someone who is not
    among `members`, is no mentee, or is paused."""
    everyone = list(members)
    mentee = next((one for one in everyone if one.id == mentee_id), None)
    if mentee is None or mentee.paused or Role.MENTEE not in mentee.roles:
        return ()
    mentors = [one for one in everyone if Role.MENTOR in one.roles and not one.paused]
    table = table_of([mentee], mentors, rules, at, everyone=everyone)
    cols = np.arange(len(mentors))
    suits = table.along(np.zeros_like(cols), cols).tolist()
    found = [(one.id, int(suit)) for one, suit in zip(mentors, suits, strict=True) if suit >= 0]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def kept_apart(members: Iterable[Member], vetoed: Pairs) -> list[Member]:
    """The members, and the two of each vetoed pair never together, in whichever role.

    Whoever is not among the members is passed over: people leave between a veto and a plan."""
    never: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in vetoed:
        never[one].add(other)
    return [
        replace(one, never=one.never | never[one.id]) if one.id in never else one for one in members
    ]
