"""Who is left, who comes late, and who meets whom in the rounds that follow."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    DATA,
    DESIGN,
    LEADS,
    NOTICE,
    RUN,
    approves,
    card,
    joins,
    makes_programme,
    mentees,
    mentors,
    pairs_in,
    partners,
    people,
    thread,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

BY_ITSELF = "The plan goes out by itself"
SECOND = RUN + timedelta(days=7)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people("max", "moe", "ned", "nat", "noa", "otto", "olga"))


async def _begun(company: Company, approval: str) -> str:
    """One mentor and two mentees have had their round; who is left over."""
    await makes_programme(company, "max", "ned", "nat", "otto", Who_lets_a_round_go_out=approval)
    await mentors(company, ["max"])
    await mentees(company, ["ned", "nat"])
    await company.until(RUN)
    if approval != BY_ITSELF:
        await approves(company)
    (mentee, _), *_ = pairs_in(company)
    return "nat" if mentee == "Ned" else "ned"


async def test_a_late_mentor_meets_who_was_left(company: Company) -> None:
    left = await _begun(company, BY_ITSELF)
    await company[left].reads("If somebody joins late who fits, you hear from me sooner.")
    await company.let_pass(minutes=10)
    await mentors(company, ["otto"])
    assert partners(company, left) == set()
    await company.let_pass(hours=1)
    assert partners(company, left) == {"Otto"}
    assert partners(company, "max") != {"Otto"}
    assert "Late joiners of round 1" in card(company, fragment="Late joiners").text
    await assert_all_said_once(company)


async def test_where_a_lead_approves_the_late_pairs_wait_too(company: Company) -> None:
    left = await _begun(company, "A lead looks at the plan and says yes")
    await mentors(company, ["otto"])
    await company.let_pass(hours=2)
    assert pairs_in(company) == {(left.capitalize(), "Otto")}
    assert partners(company, left) == set()
    await approves(company)
    assert partners(company, left) == {"Otto"}
    told = [s for s in company[left].screen("dm") if s.has("found nobody for you")]
    assert len(told) <= 1
    await assert_all_said_once(company)


@sqlite_only
async def test_nobody_hears_of_a_late_round_that_finds_nobody(company: Company) -> None:
    left = await _begun(company, BY_ITSELF)
    before = len(company["lea"].screen())
    await mentors(company, ["otto"], DATA)
    await company.let_pass(hours=3)
    assert partners(company, left) == set()
    assert len(company["lea"].screen()) == before
    company["otto"].never_reads("found nobody for you")


async def test_who_skipped_changes_their_mind(company: Company) -> None:
    await makes_programme(company, "max", "ned", Who_lets_a_round_go_out=BY_ITSELF)
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await company.until(NOTICE)
    await company["ned"].clicks("Skip this one")
    await company.until(RUN)
    assert partners(company, "ned") == set()
    await company["ned"].clicks("Count me in", in_message="You are not in it")
    await company.let_pass(hours=2)
    assert partners(company, "ned") == {"Max"}


async def test_who_was_left_comes_first_next_time(company: Company) -> None:
    """The newcomer would fit as well, and there is one mentor for the two of them."""
    left = await _begun(company, BY_ITSELF)
    await company.until(SECOND - timedelta(days=2))
    await joins(company, "noa", seeks=[DESIGN])
    other = {"ned": "nat", "nat": "ned"}[left]
    await company[other].types("/mentoring leave", "circle")
    await company.settle()
    await company.until(SECOND)
    assert partners(company, left) == {"Max"}
    assert partners(company, "noa") == set()
    await company["noa"].reads("found nobody for you", where="dm")


async def test_the_same_two_do_not_meet_again_in_the_next_round(company: Company) -> None:
    await makes_programme(company, "max", "moe", "ned", "nat", Who_lets_a_round_go_out=BY_ITSELF)
    await mentors(company, ["max", "moe"], **{"As a mentor, sessions a month at most": "4"})
    await mentees(company, ["ned", "nat"])
    await company.until(RUN)
    first = pairs_in(company)
    await company.until(SECOND)
    second = pairs_in(company)
    assert len(first) == len(second) == 2
    assert not first & second
    await company.until(SECOND + timedelta(days=7))
    left = thread(company, fragment="Round 3")[-1]
    assert "none they have not met lately" in left
    await company["ned"].reads("You have met those who fit in one of the last rounds.", where="dm")
    await assert_all_said_once(company)


async def test_a_full_mentor_is_not_matched(company: Company) -> None:
    """One session a month: one in November, one in December, and the third has to wait."""
    await makes_programme(company, "max", "ned", "nat", "noa", Who_lets_a_round_go_out=BY_ITSELF)
    await mentors(company, ["max"])
    await mentees(company, ["ned", "nat", "noa"])
    await company.until(SECOND)
    (third,) = (one for one in ("ned", "nat", "noa") if not partners(company, one))
    await company.until(SECOND + timedelta(days=7))
    assert partners(company, third) == set()
    left = thread(company, fragment="Round 3")[-1]
    assert f"@{third.capitalize()} as a mentee: one mentor" in left
    assert "none with a session to spare" in left
    await company.until(datetime(2027, 1, 7, 10, 0, tzinfo=UTC))
    assert partners(company, third) == {"Max"}
