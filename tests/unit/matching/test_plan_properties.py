"""What holds for every round: the rules, the optimum, and that nothing but the seed is chance."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from bot.domain.kinds import Role
from bot.matching.people import Differ, Member, Rules, Share
from bot.matching.plan import plan
from bot.matching.results import Plan
from tests.support import round as generator
from tests.support.members import AT, choices, rounds, suits, value

every_rules = st.builds(
    Rules,
    must_differ=st.frozensets(st.sampled_from(Differ)),
    must_share=st.frozensets(st.sampled_from(Share)),
    repeat_window=st.integers(0, 6),
    reverse=st.booleans(),
    lift_permille=st.sampled_from([0, 1, 100]),
)


def planned(members: list[Member], rules: Rules, seed: int = 1, *, kept: int = 10**6) -> Plan:
    return plan(members, rules, at=AT, seed=seed, kept=kept)


def assert_kept(found: Plan, members: list[Member], rules: Rules) -> None:
    by_id = {one.id: one for one in members}
    allowed = suits(members, rules)
    given = Counter(pair.mentor_id for pair in found.pairs)
    served = Counter(pair.mentee_id for pair in found.pairs)
    assert len({(pair.mentee_id, pair.mentor_id) for pair in found.pairs}) == len(found.pairs)
    for pair in found.pairs:
        mentee, mentor = by_id[pair.mentee_id], by_id[pair.mentor_id]
        assert pair.suitability == allowed[mentee.id, mentor.id]
        assert 0 <= pair.suitability <= 1000
        assert mentee is not mentor
        assert not mentee.paused
        assert not mentor.paused
        assert mentor.id not in mentee.never
        assert mentee.id not in mentor.never
        if Differ.REPORTING_LINE in rules.must_differ or rules.reverse:
            assert mentee.manager_id != mentor.id
            assert mentor.manager_id != mentee.id
        if Differ.DEPARTMENT in rules.must_differ and mentee.department:
            assert mentee.department != mentor.department
        assert min(mentee.past.get(mentor.id, 99), mentor.past.get(mentee.id, 99)) > (
            rules.repeat_window
        )
    for one in members:
        assert given[one.id] <= one.limit(Role.MENTOR)
        assert served[one.id] <= one.limit(Role.MENTEE)
        for role, got in ((Role.MENTOR, given), (Role.MENTEE, served)):
            left_out = {other.id for other in found.unmatched if other.role is role}
            full = one.together is not None and given[one.id] + served[one.id] >= one.together
            expected = one.limit(role) > 0 and not got[one.id] and not full
            assert (one.id in left_out) is expected


@given(rounds(12), every_rules)
def test_no_plan_breaks_a_rule(members: list[Member], rules: Rules) -> None:
    assert_kept(planned(members, rules), members, rules)


@settings(max_examples=60, deadline=None)
@given(rounds(), every_rules)
def test_as_good_as_trying_everything(members: list[Member], rules: Rules) -> None:
    assume(len(suits(members, rules)) <= 12)
    possible = list(choices(members, rules))
    people, total, _ = max(possible)
    least = total - total * rules.lift_permille // 1000
    worst = max(w for p, t, w in possible if p == people and t >= least)
    if rules.lift_permille:
        best = max((p, t, w) for p, t, w in possible if p == people and w >= worst)
        assert value(planned(members, rules), members) == best
    found = planned(members, replace(rules, lift_permille=0))
    assert value(found, members)[:2] == (people, total)
    assert found.proof.gap == 0
    assert found.proof.most_people


@settings(max_examples=40, deadline=None)
@given(rounds(), every_rules, st.lists(st.sampled_from([None, 1, 2]), min_size=7, max_size=7))
def test_joint_limits_as_good_as_trying_everything(
    members: list[Member], rules: Rules, limits: list[int | None]
) -> None:
    members = [replace(one, together=limit) for one, limit in zip(members, limits, strict=False)]
    assume(len(suits(members, rules)) <= 12)
    found = planned(members, replace(rules, lift_permille=0))
    assert value(found, members)[:2] == max(choices(members, rules))[:2]
    assert_kept(found, members, rules)


@given(rounds(10), every_rules, st.randoms(), st.integers(0, 3))
def test_neither_order_nor_repetition_matters(
    members: list[Member],
    rules: Rules,
    random: "np.random.Generator",
    seed: int,
) -> None:
    shuffled = list(members)
    random.shuffle(shuffled)
    first, again = planned(members, rules, seed), planned(shuffled, rules, seed)
    assert (first.pairs, first.unmatched) == (again.pairs, again.unmatched)
    other = planned(members, rules, seed + 1)
    assert value(first, members) == value(other, members)


@given(rounds(9), rounds(1), every_rules)
def test_one_mentor_more_never_matches_fewer(
    members: list[Member], more: list[Member], rules: Rules
) -> None:
    new = [replace(one, id=99, roles=frozenset({Role.MENTOR})) for one in more]
    before, after = planned(members, rules), planned([*members, *new], rules)
    assert after.totals.mentees_matched >= before.totals.mentees_matched
    assert after.totals.mentors_matched >= before.totals.mentors_matched


def highs(members: list[Member], rules: Rules) -> tuple[int, int]:
    """(people weighted by waiting, total) of the best plan as an integer program, solved by
    HiGHS."""
    pairs = list(suits(members, rules).items())
    people = [(one, role) for one in members for role in Role if one.limit(role)]
    number = {(one.id, role): n for n, (one, role) in enumerate(people, start=len(pairs))}
    rows = np.zeros((2 * len(people), len(pairs) + len(people)))
    for n, ((mentee, mentor), _) in enumerate(pairs):
        for which in (number[mentee, Role.MENTEE], number[mentor, Role.MENTOR]):
            rows[2 * (which - len(pairs)) : 2 * (which - len(pairs)) + 2, n] = 1
    for n in range(len(people)):
        rows[2 * n + 1, len(pairs) + n] = -1  # matched only with a pair
    upper = np.array([x for one, role in people for x in (one.limit(role), np.inf)])
    lower = np.array([x for _ in people for x in (-np.inf, 0)])
    big = 1000 * len(members)
    worth = [suit for _, suit in pairs] + [one.urgency * big for one, _ in people]
    found = milp(
        -np.array(worth),
        constraints=LinearConstraint(rows, lower, upper),
        integrality=np.ones(len(worth)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    total = sum(s for (_, s), used in zip(pairs, found.x, strict=False) if used > 0.5)
    return round((-found.fun - total) / big), total


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("few", [True, False])
def test_agreement_with_an_independent_solver(
    seed: int, few: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = Rules(lift_permille=0, repeat_window=2)
    members = [replace(one, manager_id=None) for one in generator.people(60, seed)]
    if few:  # start from a few pairs and let prices find the rest
        monkeypatch.setattr("bot.matching.generate.ENOUGH_ALLOWED", 0)
        monkeypatch.setattr("bot.matching.pool.FEW", 1)
        monkeypatch.setattr("bot.matching.pool.FEWER", 1)
        monkeypatch.setattr("bot.matching.pool.MORE", 1)
    found = planned(members, rules, kept=10**6 if seed % 2 else 0)
    assert value(found, members)[:2] == highs(members, rules)
    assert found.proof.most_people
    assert found.proof.gap <= 0.0005


def test_every_permutation_of_three() -> None:
    members = generator.people(12, 5)[:3] + generator.people(12, 5)[6:9]
    plans = {planned(list(order), Rules()).pairs for order in permutations(members)}
    assert len(plans) == 1
