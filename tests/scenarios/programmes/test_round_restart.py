"""Stopped in the middle of a round, or refused by Slack: everyone is introduced once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    LEADS,
    NOTICE,
    RUN,
    approves,
    card,
    makes_programme,
    mentees,
    mentors,
    pairs_in,
    partners,
    people,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

MENTORS = tuple(f"m{n}" for n in range(30))
MENTEES = tuple(f"n{n}" for n in range(30))
FEW = 6


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people(*MENTORS, *MENTEES))


async def _planned(company: Company, count: int = FEW) -> None:
    await makes_programme(company, *MENTORS[:count], *MENTEES[:count])
    await mentors(company, MENTORS[:count])
    await mentees(company, MENTEES[:count])
    await company.until(RUN)


async def test_stopped_while_the_introductions_go_out(company: Company) -> None:
    await _planned(company)
    company.workspace.faults.add("chat.postMessage", "500", times=4)
    await company["lea"].clicks("Approve")
    await company.stop()
    company.workspace.faults.clear()
    await company.start()
    await company.let_pass(minutes=10)
    for mentee, mentor in pairs_in(company):
        assert partners(company, mentee.lower()) == {mentor}
        assert partners(company, mentor.lower()) == {mentee}
    assert "Everyone has been told." in card(company).text
    await assert_all_said_once(company)


async def test_stopped_before_the_round_runs(company: Company) -> None:
    """Down over its hour: it runs when there is somebody to run it."""
    await makes_programme(company, *MENTORS[:2], *MENTEES[:2])
    await mentors(company, MENTORS[:2])
    await mentees(company, MENTEES[:2])
    await company.until(NOTICE + timedelta(hours=1))
    await company.stop()
    await company.clock.advance(timedelta(hours=25))
    await company.start()
    await company.settle()
    assert len(pairs_in(company)) == 2
    await approves(company)
    await assert_all_said_once(company)


async def test_down_over_the_announcement_people_keep_their_day(company: Company) -> None:
    await makes_programme(company, *MENTORS[:2], *MENTEES[:2])
    await mentors(company, MENTORS[:2])
    await mentees(company, MENTEES[:2])
    await company.stop()
    await company.clock.advance(RUN - timedelta(hours=1) - company.clock.now())
    await company.start()
    await company.settle()
    said = await company["n0"].reads("You take part in the next round", where="dm")
    assert "Friday, November 27, 2026 at 09:00" in said.text
    await company.until(RUN + timedelta(hours=1))
    assert pairs_in(company) == set()
    await company.until(RUN + timedelta(hours=23))
    assert len(pairs_in(company)) == 2


async def test_slack_refuses_half_of_the_introductions(company: Company) -> None:
    await _planned(company)
    refused = iter(range(1000))
    company.workspace.faults.add(
        "chat.postMessage",
        "ok_false:restricted_action",
        times=FEW // 2,
        match=lambda call: (
            "please write first" in str(call.get("blocks")) and next(refused) % 2 == 0
        ),
    )
    await approves(company)
    await company.let_pass(minutes=30)
    told = [one for one in MENTEES[:FEW] if partners(company, one)]
    assert len(told) == FEW // 2
    news = await company["lea"].reads("for good, so those people may not know", where="dm")
    assert "A word from you brings them together" in news.text
    assert "refused by Slack" in card(company).text
    for one in set(MENTEES[:FEW]) - set(told):
        assert f"@{one.capitalize()}" in news.text


@sqlite_only
async def test_a_bad_day_of_slack_delays_and_loses_nothing(company: Company) -> None:
    await _planned(company)
    for kind in ("429", "500", "timeout_after_effect", "drop_connection"):
        company.workspace.faults.add("chat.postMessage", kind, times=2)
    await approves(company)
    await company.let_pass(minutes=30)
    for one in MENTEES[:FEW]:
        assert len(partners(company, one)) == 1
    await assert_all_said_once(company)
