"""Group flash: one mentor, three to five mentees, in turns of twenty minutes, and no repeats.

An hour has three turns. In each, every mentee sits with one mentor, and in the next with another:
nobody meets the same mentor twice. Every turn is a round of its own under the same hard rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.kinds import Role
from bot.matching.choices import Pairs, kept_apart
from bot.matching.people import Member, Rules
from bot.matching.plan import plan

SMALLEST: Final = 3
LARGEST: Final = 5
TURNS: Final = 3
"""Of twenty minutes: no flash session is longer than an hour."""


@dataclass(frozen=True, slots=True)
class Group:
    """A mentor and the mentees who sit with them for one turn; suitability is the mean."""

    mentor_id: int
    mentee_ids: tuple[int, ...]
    suitability: int


@dataclass(frozen=True, slots=True)
class Rota:
    """The groups of each turn, and per turn the mentees without one."""

    turns: tuple[tuple[Group, ...], ...]
    without: tuple[tuple[int, ...], ...]


def plan_groups(
    members: Iterable[Member],
    rules: Rules,
    *,
    at: datetime,
    seed: int,
    vetoed: Pairs = (),
    turns: int = TURNS,
    smallest: int = SMALLEST,
    largest: int = LARGEST,
) -> Rota:
    """Whoever had no group in a turn comes first in the next. A group that would be too small is
    given up, the smallest first, and its mentees go to others; a mentor without one is free.

    The two of a `vetoed` pair never sit together as mentor and mentee. Nobody can be locked: whom
    someone meets changes with every turn."""
    # someone with both roles cannot be at two tables: who offers a topic hosts one
    everyone = [_one_role(one) for one in kept_apart(members, vetoed)]
    met: dict[int, set[int]] = {one.id: set() for one in everyone}
    missed = dict.fromkeys(met, 0)
    found, without = [], []
    for turn in range(turns):
        waiting = [
            replace(one, never=one.never | met[one.id], waiting=one.waiting + missed[one.id])
            for one in everyone
        ]
        groups = _one_turn(waiting, rules, at, seed + turn, smallest, largest)
        for group in groups:
            for mentee in group.mentee_ids:
                met[mentee].add(group.mentor_id)
        seated = {mentee for group in groups for mentee in group.mentee_ids}
        out = tuple(
            sorted(one.id for one in everyone if one.limit(Role.MENTEE) and one.id not in seated)
        )
        for one in out:
            missed[one] += 1
        found.append(groups)
        without.append(out)
    return Rota(tuple(found), tuple(without))


def _one_turn(
    members: list[Member], rules: Rules, at: datetime, seed: int, smallest: int, largest: int
) -> tuple[Group, ...]:
    closed: set[int] = set()
    while True:
        at_table = [_seated(one, one.id in closed, largest) for one in members]
        tables: dict[int, list[tuple[int, int]]] = {}
        for pair in plan(at_table, rules, at=at, seed=seed).pairs:
            tables.setdefault(pair.mentor_id, []).append((pair.mentee_id, pair.suitability))
        small = [(len(pairs), mentor) for mentor, pairs in tables.items() if len(pairs) < smallest]
        if not small:
            return tuple(
                Group(
                    mentor, tuple(one for one, _ in pairs), sum(s for _, s in pairs) // len(pairs)
                )
                for mentor, pairs in sorted(tables.items())
            )
        closed.add(min(small)[1])


def _one_role(one: Member) -> Member:
    if one.limit(Role.MENTOR) and one.limit(Role.MENTEE):
        return replace(one, roles=frozenset({Role.MENTOR if one.offers else Role.MENTEE}))
    return one


def _seated(one: Member, closed: bool, largest: int) -> Member:
    is_open = one.limit(Role.MENTOR) > 0 and not closed
    return replace(
        one,
        as_mentor=largest if is_open else 0,
        as_mentee=min(1, one.as_mentee),
        together=None,
    )
