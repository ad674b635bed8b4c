"""Circles of peers, and groups in turns."""

from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kinds import Role
from bot.matching.groups import LARGEST, SMALLEST, plan_groups
from bot.matching.peers import PeerPlan, plan_peers
from bot.matching.people import BOTH, Member, Rules
from bot.matching.reasons import Rule
from tests.support.members import AT, rounds, suits
from tests.support.round import people


def peers(members: list[Member], *, trios: bool = False, seed: int = 1) -> PeerPlan:
    return plan_peers(members, Rules(), at=AT, seed=seed, trios=trios)


def best(members: list[Member]) -> tuple[int, int]:
    """(people weighted by waiting, total) by blossom over all pairs."""
    everyone = [
        replace(one, roles=BOTH if one.roles else one.roles, as_mentor=1, as_mentee=1)
        for one in members
    ]
    one_way = suits(everyone, Rules())
    by_id = {one.id: one for one in members}
    big, graph = 1000 * (len(members) + 1), nx.Graph()
    for a, b in {(min(pair), max(pair)) for pair in one_way}:
        mean = (one_way.get((a, b), 0) + one_way.get((b, a), 0)) // 2
        graph.add_edge(a, b, weight=big * (by_id[a].urgency + by_id[b].urgency) + mean)
    weight = sum(int(graph.edges[pair]["weight"]) for pair in nx.max_weight_matching(graph))
    return divmod(weight, big)


def value(found: PeerPlan, members: list[Member]) -> tuple[int, int]:
    by_id = {one.id: one for one in members}
    urgent = sum(by_id[one].urgency for circle in found.circles for one in circle.ids)
    return urgent, found.suitability


@given(rounds(9))
def test_peers_as_good_as_blossom(members: list[Member]) -> None:
    found = peers(members)
    assert value(found, members) == best(members)
    assert found.gap == 0
    met = [one for circle in found.circles for one in circle.ids]
    assert len(met) == len(set(met))
    assert not {one.id for one in members if one.paused} & set(met)


@given(rounds(9), st.randoms())
def test_the_order_of_peers_does_not_matter(members: list[Member], random: object) -> None:
    assert peers(members).circles == peers(members[::-1]).circles


def test_many_peers_with_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [replace(one, offers=one.offers or one.seeks[::-1]) for one in people(151, seed=2)]
    members = [replace(one, seeks=one.seeks or one.offers) for one in members]
    exact = peers(members)
    monkeypatch.setattr("bot.matching.peers.EXACT", 0)
    found = peers(members)
    assert found.most_people or value(found, members)[0] < sum(one.urgency for one in members)
    assert found.suitability >= exact.suitability * 0.999
    assert value(found, members)[0] == value(exact, members)[0]


def test_the_odd_one_joins_a_pair() -> None:
    members = [Member(id=n, seeks=("a",), offers=("a",)) for n in range(1, 8)]
    found = peers(members, trios=True)
    assert sorted(len(circle.ids) for circle in found.circles) == [2, 2, 3]
    assert not found.unmatched
    assert all(circle.reasons for circle in found.circles)
    assert [one.rule for one in peers(members).unmatched] == [Rule.TAKEN]
    alone = peers([*members[:2], Member(id=9, never=frozenset({1}))], trios=True)
    assert len(alone.circles) + len(alone.unmatched) == 2


def test_groups_take_turns_without_repeats() -> None:
    mentors = [Member(id=n, roles=frozenset({Role.MENTOR})) for n in range(1, 5)]
    mentees = [Member(id=n, roles=frozenset({Role.MENTEE})) for n in range(10, 28)]
    rota = plan_groups([*mentors, *mentees], Rules(), at=AT, seed=1)
    assert len(rota.turns) == 3
    met: Counter[tuple[int, int]] = Counter()
    for turn, without in zip(rota.turns, rota.without, strict=True):
        seated = [one for group in turn for one in group.mentee_ids]
        assert len(seated) == len(set(seated))
        assert {*seated, *without} == {one.id for one in mentees}
        assert all(SMALLEST <= len(group.mentee_ids) <= LARGEST for group in turn)
        met.update((group.mentor_id, one) for group in turn for one in group.mentee_ids)
    assert set(met.values()) == {1}


def test_too_few_for_a_group() -> None:
    mentees = [Member(id=n, roles=frozenset({Role.MENTEE})) for n in (2, 3)]
    alone = Member(id=1, roles=frozenset({Role.MENTOR}))
    rota = plan_groups([alone, *mentees], Rules(), at=AT, seed=1)
    assert rota.turns == ((), (), ())
    assert rota.without == ((2, 3),) * 3


def test_two_small_groups_become_one() -> None:
    mentors = [Member(id=n, roles=frozenset({Role.MENTOR})) for n in (1, 2)]
    mentees = [Member(id=n, roles=frozenset({Role.MENTEE})) for n in range(10, 14)]
    rota = plan_groups([*mentors, *mentees], Rules(), at=AT, seed=1)
    assert [[len(group.mentee_ids) for group in turn] for turn in rota.turns] == [[4], [4], []]
