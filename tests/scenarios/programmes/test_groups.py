"""A group flash: mentors at tables, mentees in turns of twenty minutes, nobody met twice."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    LEADS,
    RUN,
    card,
    makes_programme,
    mentees,
    mentors,
    partners,
    people,
    to_her_alone,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

MENTORS = ("max", "moe", "mia")
MENTEES = ("ann", "ben", "cat", "dan", "eve", "fay", "gil", "hal", "ida")
MEETS = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people(*MENTORS, *MENTEES))


@pytest.fixture
async def seated(company: Company) -> Company:
    """Three tables for nine people, as the lead sees them."""
    await makes_programme(
        company,
        *MENTORS,
        *MENTEES,
        Who_meets_whom="Group flash: a mentor, three to five mentees",
    )
    await mentors(company, MENTORS)
    await mentees(company, MENTEES)
    await company.until(RUN)
    return company


async def _approved(seated: Company) -> None:
    await seated["lea"].clicks("Approve")
    await seated["lea"].fills(
        {"It begins at": "2026-12-03 15:00", "Where": "The big room, third floor"}, submit=True
    )
    await seated.settle()


async def test_everyone_gets_their_turns(seated: Company) -> None:
    assert "12 of 12 people have a place at the tables." in card(seated).text
    for handle in (*MENTORS, *MENTEES):
        assert to_her_alone(seated, handle, "Your turns") == []
    await _approved(seated)
    met: dict[str, list[str]] = {}
    for handle in MENTEES:
        (rota,) = to_her_alone(seated, handle, "Your turns at the group flash")
        assert "The big room, third floor" in rota
        assert "December 3, 2026 at 15:00" in rota
        met[handle] = re.findall(r"@(Max|Moe|Mia)", rota)
        assert len(met[handle]) == len(set(met[handle])) == 3
    (table,) = to_her_alone(seated, "max", "Your turns at the group flash")
    at_table = re.findall(r"@([A-Z][a-z]+)", table)
    assert len(at_table) == len(set(at_table) - {"Max"}) == 9
    assert all(partners(seated, handle) == set() for handle in MENTEES)
    await assert_all_said_once(seated)


async def test_it_is_reminded_of_and_followed(seated: Company) -> None:
    await _approved(seated)
    await seated.until(MEETS - timedelta(minutes=10))
    soon = await seated["ann"].reads("In a few minutes the group flash of Circle begins.")
    assert "The big room, third floor" in soon.text
    await seated.until(MEETS + timedelta(hours=2))
    after = await seated["ann"].reads("That was the group flash of Circle.", where="dm")
    assert after.buttons == ("Ask for a flash session",)
    await seated["max"].reads("Thank you for your time at the group flash of Circle.")
    await assert_all_said_once(seated)


@sqlite_only
async def test_the_lead_says_when_and_where(seated: Company) -> None:
    lea = seated["lea"]
    await lea.clicks("Approve")
    await lea.fills({"It begins at": "2026-11-20 15:00", "Where": "Here"}, submit=True)
    await seated.settle()
    assert lea.errors["It begins at"]
    await lea.fills({"It begins at": "2026-12-03 15:00", "Where": "   "}, submit=True)
    await seated.settle()
    assert "Where" in lea.errors
    seated["ann"].never_reads("Your turns")


@sqlite_only
async def test_two_people_can_be_kept_apart_and_nobody_is_locked(seated: Company) -> None:
    buttons = {label for seen in seated["lea"].screen() for label in seen.buttons}
    assert "Not these two" in buttons
    assert "Lock: keep these together" not in buttons
    await seated["lea"].clicks("Not these two")
    await seated.settle()
    assert "One pair is ruled out by you." in card(seated).text
