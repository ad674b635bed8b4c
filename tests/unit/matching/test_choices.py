"""What a lead chooses by hand: alternatives for one mentee, vetoes, and locks among peers."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.matching.choices import alternatives
from bot.matching.groups import plan_groups
from bot.matching.peers import plan_peers
from bot.matching.people import Member, Rules
from bot.matching.plan import plan
from bot.matching.reasons import Rule
from tests.support.members import AT, rounds, suits
from tests.support.round import people

MENTEE, MENTOR = frozenset({Role.MENTEE}), frozenset({Role.MENTOR})


def others(members: list[Member], mentee_id: int, **more: Any) -> list[tuple[int, int]]:
    return list(alternatives(members, Rules(**more), at=AT, mentee_id=mentee_id))


def test_the_best_first_and_equals_by_id() -> None:
    members = [
        Member(id=1, roles=MENTEE, seeks=("a",)),
        Member(id=5, roles=MENTOR, offers=("a",)),
        Member(id=4, roles=MENTOR, offers=("a",)),
        Member(id=3, roles=MENTOR, offers=("b", "a")),
        Member(id=2, roles=MENTOR, offers=("b",)),
    ]
    found = others(members, 1)
    assert [mentor for mentor, _ in found] == [4, 5, 3]
    assert found[0][1] == found[1][1] > found[2][1]


def test_a_full_mentor_is_among_them_and_a_paused_one_is_not() -> None:
    members = [
        Member(id=1, roles=MENTEE),
        Member(id=2, roles=MENTOR, as_mentor=0),
        Member(id=3, roles=MENTOR, paused=True),
        Member(id=4, roles=MENTOR, never=frozenset({1})),
    ]
    assert [mentor for mentor, _ in others(members, 1)] == [2]


@pytest.mark.parametrize("who", [2, 3, 9])
def test_nobody_for_who_is_no_mentee(who: int) -> None:
    members = [
        Member(id=1, roles=MENTOR),
        Member(id=2, roles=MENTOR),
        Member(id=3, roles=MENTEE, paused=True),
    ]
    assert others(members, who) == []


@given(rounds(9))
def test_they_are_all_that_the_rules_allow(members: list[Member]) -> None:
    roomy = [replace(one, as_mentor=1, as_mentee=1) for one in members]
    allowed = suits(roomy, Rules())
    for one in members:
        found = others(members, one.id)
        assert dict(found) == {j: suit for (i, j), suit in allowed.items() if i == one.id}
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))


def test_the_line_above_goes_through_others() -> None:
    members = [
        Member(id=1, roles=MENTEE, manager_id=2),
        Member(id=2, roles=frozenset(), manager_id=3),
        Member(id=3, roles=MENTOR),
    ]
    assert others(members, 1) == []


@given(rounds(9), st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=6))
def test_a_veto_is_as_good_as_never(members: list[Member], vetoed: list[tuple[int, int]]) -> None:
    ids = {one.id for one in members}
    never = [
        replace(one, never=one.never | {b for a, b in vetoed if a == one.id}) for one in members
    ]
    found = plan(members, Rules(), at=AT, seed=1, vetoed=vetoed)
    asked = plan(never, Rules(), at=AT, seed=1)
    assert (found.pairs, found.unmatched) == (asked.pairs, asked.unmatched)
    assert all(
        {(p.mentee_id, p.mentor_id), (p.mentor_id, p.mentee_id)}.isdisjoint(vetoed)
        for p in found.pairs
    )
    circles = plan_peers(members, Rules(), at=AT, seed=1, vetoed=vetoed).circles
    sat = {pair for one in circles for pair in combinations(one.ids, 2)}
    assert sat.isdisjoint(tuple(sorted(pair)) for pair in vetoed if set(pair) <= ids)


def test_a_veto_is_told_as_apart_and_is_stronger_than_a_lock() -> None:
    members = [Member(id=1, roles=MENTEE), Member(id=2, roles=MENTOR)]
    found = plan(members, Rules(), at=AT, seed=1, vetoed=[(1, 2), (1, 99)])
    assert {one.rule for one in found.unmatched} == {Rule.APART}
    with pytest.raises(RuleBroken, match="lock_forbidden"):
        plan(members, Rules(), at=AT, seed=1, vetoed=[(1, 2)], locked=[(1, 2)])


def test_a_vetoed_pair_never_sits_together() -> None:
    members = [Member(id=n, roles=MENTOR if n < 4 else MENTEE) for n in range(1, 16)]
    rota = plan_groups(members, Rules(), at=AT, seed=1, vetoed=[(5, 1), (6, 1)])
    tables = [group for turn in rota.turns for group in turn if group.mentor_id == 1]
    assert tables
    assert all({5, 6}.isdisjoint(group.mentee_ids) for group in tables)


def test_locked_peers_stay_together() -> None:
    members = [replace(one, roles=frozenset(Role), manager_id=None) for one in people(41)]
    free = plan_peers(members, Rules(must_share=frozenset()), at=AT, seed=1, trios=False)
    first, second = free.circles[0].ids, free.circles[1].ids
    lock = (second[0], first[1])
    found = plan_peers(members, Rules(must_share=frozenset()), at=AT, seed=1, locked=[lock])
    kept = [one for one in found.circles if one.locked]
    assert [set(lock) <= set(one.ids) for one in kept] == [True]
    assert sorted(n for one in found.circles for n in one.ids) == [one.id for one in members]
    assert found.most_people
    assert (
        plan_peers(
            members[::-1], Rules(must_share=frozenset()), at=AT, seed=1, locked=[lock[::-1]]
        ).circles
        == found.circles
    )


@pytest.mark.parametrize("locked", [[(1, 1)], [(1, 2), (2, 3)], [(1, 9)], [(1, 4)], [(2, 5)]])
def test_locks_among_peers_that_break_a_rule(locked: list[tuple[int, int]]) -> None:
    members = [Member(id=n) for n in range(1, 4)]
    members += [Member(id=4, never=frozenset({1})), Member(id=5, paused=True)]
    with pytest.raises(RuleBroken, match="lock_forbidden"):
        plan_peers(members, Rules(), at=AT, seed=1, locked=locked)
