"""Rounds with something odd about them, and what people are told."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role, Window
from bot.matching.people import Member, Rules, Share
from bot.matching.plan import plan
from bot.matching.reasons import ROUND_WEIGHTS, ReasonKey, Rule
from bot.matching.results import Plan, Progress
from tests.support.round import people

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
MENTEE, MENTOR = frozenset({Role.MENTEE}), frozenset({Role.MENTOR})
MORNINGS = frozenset({Window.MON_AM, Window.TUE_AM})


def mentee(number: int, **facts: Any) -> Member:
    return Member(id=number, roles=MENTEE, **facts)


def mentor(number: int, **facts: Any) -> Member:
    return Member(id=number, roles=MENTOR, **facts)


def planned(*members: Member, rules: Rules | None = None, seed: int = 1, **more: Any) -> Plan:
    return plan(members, rules or Rules(), at=AT, seed=seed, **more)


def pairs(found: Plan) -> list[tuple[int, int]]:
    return [(pair.mentee_id, pair.mentor_id) for pair in found.pairs]


def rules_said(found: Plan) -> dict[int, Rule]:
    return {one.id: one.rule for one in found.unmatched}


def test_nobody_at_all() -> None:
    found = planned()
    assert (found.pairs, found.unmatched) == ((), ())
    assert found.totals.worst is None
    assert found.proof.most_people


def test_one_person() -> None:
    found = planned(Member(id=1))
    assert not found.pairs
    assert [(one.role, one.rule) for one in found.unmatched] == [
        (Role.MENTEE, Rule.NOBODY),
        (Role.MENTOR, Rule.NOBODY),
    ]


def test_no_mentors() -> None:
    assert rules_said(planned(mentee(1), mentee(2))) == {1: Rule.NOBODY, 2: Rule.NOBODY}


def test_all_mentors_full() -> None:
    found = planned(mentee(1), mentor(2, as_mentor=0), mentor(3, as_mentor=-1))
    assert rules_said(found) == {1: Rule.FULL}
    assert found.unmatched[0].candidates == 2


def test_all_mentors_paused() -> None:
    assert rules_said(planned(mentee(1), mentor(2, paused=True))) == {1: Rule.PAUSED}


def test_everyone_is_forbidden_to_everyone() -> None:
    found = planned(*(Member(id=n, never=frozenset(range(1, 6))) for n in range(1, 6)))
    assert not found.pairs
    assert set(rules_said(found).values()) == {Rule.APART}


def test_each_others_manager() -> None:
    found = planned(mentee(1, manager_id=2), mentor(2, manager_id=1))
    assert rules_said(found) == {1: Rule.REPORTING_LINE, 2: Rule.REPORTING_LINE}


def test_the_line_goes_through_people_who_take_no_part() -> None:
    between = Member(id=2, roles=frozenset(), manager_id=3)
    assert not planned(mentee(1, manager_id=2), between, mentor(3)).pairs
    assert pairs(planned(mentee(1, manager_id=2), mentor(3))) == [(1, 3)]


def test_a_hundred_identical_profiles() -> None:
    found = planned(*(Member(id=n, seeks=("a",), offers=("a",)) for n in range(1, 101)))
    assert found.totals.mentees_matched == found.totals.mentors_matched == 100
    again = planned(*(Member(id=n, seeks=("a",), offers=("a",)) for n in range(1, 101)), seed=2)
    assert pairs(found) != pairs(again)


def test_three_mentors_for_terraform_and_none_free_in_your_hours() -> None:
    sought = mentee(1, seeks=("terraform", "opera"), windows=MORNINGS, zone="Europe/London")
    others = [
        mentor(n, offers=("terraform",), windows=MORNINGS, zone="Asia/Tokyo") for n in (2, 3, 4)
    ]
    rules = Rules(must_share=frozenset(Share))
    (said,) = (
        one
        for one in planned(sought, *others, mentor(5, offers=("sailing",)), rules=rules).unmatched
        if one.id == 1
    )
    assert said.rule is Rule.HOURS
    assert said.candidates == 3
    assert said.left == {Rule.TOPIC: 3, Rule.HOURS: 0}
    assert said.topics == ("terraform",)


def test_others_needed_them_more() -> None:
    found = planned(mentee(1, waiting=1), mentee(2), mentor(3))
    assert pairs(found) == [(1, 3)]
    assert [(one.id, one.rule, one.candidates) for one in found.unmatched] == [(2, Rule.TAKEN, 1)]


def test_left_out_last_time_goes_before_any_newcomer_however_well_they_fit() -> None:
    new = [mentee(n, seeks=("opera",), windows=MORNINGS) for n in range(2, 20)]
    waited = mentee(1, seeks=("opera", "x", "y", "z"), waiting=1, past={30: 9})
    found = planned(waited, *new, mentor(30, offers=("a", "b", "opera"), windows=MORNINGS))
    assert pairs(found) == [(1, 30)]


def test_reasons_in_order_of_weight() -> None:
    one = mentee(1, seeks=("a", "b"), seniority=1, location="Leeds", languages=frozenset({"en"}))
    other = mentor(2, offers=("b", "a"), seniority=3, location="Leeds", languages=frozenset({"en"}))
    (pair,) = planned(one, other).pairs
    assert [(reason.key, reason.facts) for reason in pair.reasons] == [
        (ReasonKey.AREAS, {"areas": ["a", "b"]}),
        (ReasonKey.FRESH, {}),
        (ReasonKey.SENIORITY, {"levels": 2}),
        (ReasonKey.LANGUAGES, {"languages": ["en"]}),
        (ReasonKey.NEAR, {"location": "Leeds"}),
    ]


def test_past_pairs_come_back_by_and_by() -> None:
    def suit(age: int) -> int | None:
        found = planned(mentee(1, past={2: age}), mentor(2), rules=Rules(repeat_window=3))
        return found.totals.worst

    new = planned(mentee(1), mentor(2)).totals.worst
    assert [suit(age) for age in (1, 2, 3)] == [None, None, None]
    faded = [suit(age) for age in range(4, 12)]
    assert faded == sorted(faded, key=lambda one: one or 0)
    assert faded[0] < new == suit(9)  # type: ignore[operator]


def test_the_senior_one_learns() -> None:
    rules = Rules(reverse=True, must_differ=frozenset())
    found = planned(
        mentee(1, seniority=5), mentor(2, seniority=3), mentor(3, seniority=7), rules=rules
    )
    assert pairs(found) == [(1, 2)]
    assert not planned(mentee(1, manager_id=None), mentor(2, manager_id=1), rules=rules).pairs


def test_locked_pairs_stay_and_count() -> None:
    members = [mentee(1), mentee(2), mentor(3, as_mentor=2), mentor(4)]
    for lock in ((1, 3), (1, 4), (2, 3), (2, 4)):
        found = planned(*members, locked=[lock])
        assert lock in pairs(found)
        assert len(found.pairs) == 2
        assert {p.mentee_id for p in found.pairs if p.locked} == {lock[0]}
    assert pairs(planned(*members, locked=[(1, 3), (2, 3)])) == [(1, 3), (2, 3)]


@pytest.mark.parametrize("locked", [[(1, 1)], [(1, 3)], [(1, 9)], [(1, 4), (2, 4)]])
def test_locks_that_break_a_rule(locked: list[tuple[int, int]]) -> None:
    members = [mentee(1, never=frozenset({3})), mentee(2), mentor(3), mentor(4)]
    with pytest.raises(RuleBroken, match="lock_forbidden"):
        planned(*members, locked=locked)


def test_one_session_in_either_role() -> None:
    both = [Member(id=n, together=1) for n in range(1, 5)]
    assert len(planned(*both).pairs) == 2
    assert len(planned(*(replace(one, together=None) for one in both)).pairs) == 4


def test_one_session_in_either_role_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.matching.plan.EXACT_UP_TO", 0)
    found = planned(*(Member(id=n, together=1) for n in range(1, 31)))
    met = [one for pair in pairs(found) for one in pair]
    assert len(met) == len(set(met))
    assert found.proof.rule


@pytest.mark.parametrize("seed", range(3))
def test_joint_limits_by_rule_hold_when_lifted(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.matching.plan.EXACT_UP_TO", 0)
    drawn = [replace(one, offers=one.offers or one.seeks[::-1]) for one in people(120, seed)]
    members = [
        replace(one, roles=frozenset(Role), seeks=one.seeks or one.offers, together=1 + one.id % 2)
        for one in drawn
    ]
    found = planned(*members, rules=Rules(lift_permille=100))
    for one in members:
        assert sum(one.id in pair for pair in pairs(found)) <= (one.together or 0)


def test_the_worst_off_are_lifted_at_next_to_no_cost() -> None:
    members = people(500, seed=4)
    bare = planned(*members, rules=Rules(lift_permille=0))
    lifted = planned(*members, rules=Rules(lift_permille=5))
    assert lifted.totals.mentees_matched == bare.totals.mentees_matched
    assert (lifted.totals.worst or 0) > (bare.totals.worst or 0)
    assert bare.totals.suitability * 0.995 <= lifted.totals.suitability < bare.totals.suitability
    before, after, cost = lifted.proof.lifted
    assert (before, after) == (bare.totals.worst, lifted.totals.worst)
    assert cost == bare.totals.suitability - lifted.totals.suitability
    assert lifted.proof.highest


def test_pairs_too_many_to_keep_are_swept() -> None:
    members = people(1500, seed=3)
    whole, swept = planned(*members), planned(*members, kept=0)
    assert swept.proof.most_people
    assert swept.totals.mentees_matched == whole.totals.mentees_matched
    assert swept.proof.gap <= 0.0005
    assert swept.proof.bound >= whole.proof.bound
    assert not swept.proof.highest


def test_out_of_time_is_said() -> None:
    ticks = count()
    found = planned(*people(300), timer=lambda: float(next(ticks)), time_allowed=1.0)
    assert found.proof.cut
    assert found.pairs


def test_progress_never_goes_back() -> None:
    heard: list[Progress] = []
    planned(*people(1200), tell=heard.append)
    assert [one.done for one in heard] == sorted(one.done for one in heard)
    assert heard[-1].done == 1
    assert {"sweep", "solve", "lift", "explain"} <= {one.stage for one in heard}


def test_two_of_one_id() -> None:
    with pytest.raises(ValueError, match="same id"):
        planned(mentee(1), mentor(1))


@pytest.mark.parametrize("change", [1, -1])
def test_weights_add_up_to_a_thousand(change: int) -> None:
    with pytest.raises(RuleBroken, match="weights_sum"):
        Rules(weights={**ROUND_WEIGHTS, ReasonKey.AREAS: ROUND_WEIGHTS[ReasonKey.AREAS] + change})


def test_joint_limits_by_rule_match_nearly_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [replace(one, offers=one.offers or one.seeks[::-1]) for one in people(120, seed=4)]
    members = [
        replace(one, roles=frozenset(Role), seeks=one.seeks or one.offers, together=1)
        for one in drawn
    ]
    exact = planned(*members, rules=Rules(lift_permille=0))
    assert exact.proof.gap == 0
    monkeypatch.setattr("bot.matching.plan.EXACT_UP_TO", 0)
    found = planned(*members, rules=Rules(lift_permille=0))
    assert (found.proof.rule, exact.proof.rule) == (True, False)
    assert exact.totals.pairs >= found.totals.pairs >= 0.9 * exact.totals.pairs
    met = [one for pair in pairs(found) for one in pair]
    assert len(met) == len(set(met))


def test_a_pair_that_is_barred_may_meet_the_other_way_round() -> None:
    both = frozenset({Role.MENTEE, Role.MENTOR})
    people_ = [Member(id=n, roles=both, seeks=("a",), offers=("a",)) for n in (1, 2)]
    assert pairs(planned(*people_)) == [(1, 2), (2, 1)]
    found = planned(*people_, barred=[(2, 1), (1, 99)])
    assert pairs(found) == [(1, 2)]
    assert {one.rule for one in found.unmatched} == {Rule.TAKEN}
    assert pairs(planned(*people_, barred=[(2, 1)], locked=[(1, 2)])) == [(1, 2)]
