"""Small rounds for tests: drawn by Hypothesis, and solved by trying everything."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from hypothesis import strategies as st

from bot.domain.kinds import Role, Window
from bot.matching.people import Member, Rules
from bot.matching.results import Plan
from bot.matching.table import table_of

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
Pairs = tuple[tuple[int, int], ...]

topics = st.lists(st.sampled_from(["terraform", "speaking", "sailing", "budget"]), max_size=3).map(
    lambda drawn: tuple(dict.fromkeys(drawn))
)


@st.composite
def rounds(draw: st.DrawFn, most: int = 7) -> list[Member]:
    """Up to `most` people with everything that rules know."""
    count = draw(st.integers(0, most))
    ids = st.integers(1, max(1, count))
    member = st.builds(
        Member,
        id=st.just(0),
        roles=st.frozensets(st.sampled_from(Role)),
        seeks=topics,
        offers=topics,
        languages=st.frozensets(st.sampled_from(["en", "de"])),
        department=st.sampled_from([None, "a", "b"]),
        manager_id=st.none() | ids,
        zone=st.sampled_from([None, "Europe/London", "Asia/Tokyo"]),
        location=st.sampled_from([None, "Leeds", "Kyoto"]),
        seniority=st.none() | st.integers(1, 5),
        windows=st.frozensets(st.sampled_from(Window), max_size=3),
        as_mentor=st.integers(0, 3),
        as_mentee=st.integers(0, 2),
        past=st.dictionaries(ids, st.integers(1, 14), max_size=2),
        never=st.frozensets(ids, max_size=1),
        waiting=st.integers(0, 3),
        paused=st.sampled_from([False, False, False, True]),
    )
    return [replace(draw(member), id=n) for n in range(1, count + 1)]


def suits(members: Sequence[Member], rules: Rules) -> dict[tuple[int, int], int]:
    """The suitability of every allowed pair (mentee, mentor) of available people."""
    mentees = [one for one in members if one.limit(Role.MENTEE)]
    mentors = [one for one in members if one.limit(Role.MENTOR)]
    table = table_of(mentees, mentors, rules, AT, everyone=members)
    rows, cols = np.divmod(np.arange(len(mentees) * len(mentors)), max(1, len(mentors)))
    found = zip(rows.tolist(), cols.tolist(), table.along(rows, cols).tolist(), strict=True)
    return {(mentees[i].id, mentors[j].id): int(suit) for i, j, suit in found if suit >= 0}


def choices(members: Sequence[Member], rules: Rules) -> Iterator[tuple[int, int, int]]:
    """(people weighted by waiting, total, worst) of every possible plan."""
    by_id = {one.id: one for one in members}
    every = list(suits(members, rules).items())

    def fits(chosen: Pairs) -> bool:
        for one in members:
            served = sum(mentee == one.id for mentee, _ in chosen)
            given = sum(mentor == one.id for _, mentor in chosen)
            if served > one.limit(Role.MENTEE) or given > one.limit(Role.MENTOR):
                return False
            if one.together is not None and served + given > one.together:
                return False
        return True

    def grow(n: int, chosen: Pairs, total: int, worst: int) -> Iterator[tuple[int, int, int]]:
        if n == len(every):
            people = {(one, "mentee") for one, _ in chosen} | {(one, "mentor") for _, one in chosen}
            yield sum(by_id[one].urgency for one, _ in people), total, worst
            return
        pair, suit = every[n]
        if fits((*chosen, pair)):
            yield from grow(n + 1, (*chosen, pair), total + suit, min(worst, suit))
        yield from grow(n + 1, chosen, total, worst)

    yield from grow(0, (), 0, 1000)


def value(plan: Plan, members: Sequence[Member]) -> tuple[int, int, int]:
    """(people weighted by waiting, total, worst) of a plan."""
    by_id = {one.id: one for one in members}
    mentees = {pair.mentee_id for pair in plan.pairs}
    mentors = {pair.mentor_id for pair in plan.pairs}
    people = sum(by_id[one].urgency for one in (*mentees, *mentors))
    return people, plan.totals.suitability, plan.totals.worst if plan.pairs else 1000  # type: ignore[return-value]
