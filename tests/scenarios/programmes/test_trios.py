"""Peers: equals two by two, and three where the number is odd."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.acts import sets_time
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    DATA,
    DESIGN,
    LEADS,
    RUN,
    approves,
    card,
    joins,
    makes_programme,
    partners,
    people,
    thread,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

PEERS = ("ann", "ben", "cat", "dan", "eve", "fay", "gil")
AGAIN = "Another talk, the three of you"
MEETS = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people(*PEERS))


async def _joined(company: Company, *handles: str, **answers: Any) -> None:
    await makes_programme(
        company,
        *PEERS,
        Who_meets_whom="Peers: equals, two by two",
        What_they_have_together="Spot: a casual talk, tasters too",
        **answers,
    )
    for handle in handles:
        await joins(company, handle, roles=None, offers=[DESIGN, DATA], seeks=[DATA, DESIGN])


async def test_seven_make_two_pairs_and_a_trio(company: Company) -> None:
    await _joined(company, *PEERS)
    await company.until(RUN)
    assert "7 of 7 people have somebody to talk with, in 3 pairs and trios." in card(company).text
    await approves(company)
    sizes = sorted(len(partners(company, one)) for one in PEERS)
    assert sizes == [1, 1, 1, 1, 2, 2, 2]
    for one in PEERS:
        for other in partners(company, one):
            assert one.capitalize() in partners(company, other.lower())
    await assert_all_said_once(company)


async def test_the_three_go_on_to_the_end(company: Company) -> None:
    await _joined(company, "ann", "ben", "cat")
    await company.until(RUN)
    await approves(company)
    trio = ("ann", "ben", "cat")
    hello = await company["ann"].reads("meet each other", where="group")
    assert all(f"@{one.capitalize()}" in hello.text for one in trio)
    assert "The three of you" in hello.text
    await sets_time(company, "ben", "Tuesday 14:00")
    for one in trio:
        await company[one].reads("Tuesday, December 1, 2026 at 14:00")
    asked = "What would you like to talk about"
    writer = next(o for o in trio if any(s.has(asked) for s in company[o].screen("dm")))
    await company[writer].says("What to learn next")
    await company.until(MEETS - timedelta(minutes=5))
    for one in trio:
        soon = await company[one].reads("In a few minutes you meet", where="dm")
        assert all(f"@{each.capitalize()}" in soon.text for each in trio if each != one)
    await company.until(MEETS + timedelta(minutes=45))
    for one in trio:
        await company[one].clicks("Yes", in_message="take place?")
    await company.settle()
    await company["cat"].reads("It has taken place.", where="group")
    await company.until(MEETS + timedelta(days=2))
    for one, other in (("ann", "Ben"), ("ben", "Ann"), ("cat", "Ann")):
        await _would(company, one, AGAIN, f"Keep in touch with {other}")
    await company.until(MEETS + timedelta(days=20))
    for one in trio:
        await company[one].reads("would all like another talk, the three of you", where="dm")
        company[one].never_reads("would both like to keep in touch")
    again = await company["ann"].reads("you would all like another talk", where="group")
    assert "Set a time" in again.buttons
    await assert_all_said_once(company)


@sqlite_only
async def test_what_two_of_the_three_wish_is_told_to_the_two(company: Company) -> None:
    await _joined(company, "ann", "ben", "cat")
    await company.until(RUN)
    await approves(company)
    await sets_time(company, "ben", "Tuesday 14:00")
    await company.until(MEETS + timedelta(minutes=45))
    await company["ann"].clicks("Yes", in_message="take place?")
    await company.until(MEETS + timedelta(days=2))
    await company["cat"].opens_home()
    await _would(company, "ann", AGAIN, "Keep in touch with Ben", "Keep in touch with Cat")
    await _would(company, "ben", "Keep in touch with Ann")
    await _would(company, "cat", "No, it is good as it is")
    answered = await company["ann"].reads("Keep in touch with @Ben")
    assert answered.buttons == ("Change my answer",)
    await company.until(MEETS + timedelta(days=14))
    await company["ann"].reads("You and @Ben would both like to keep in touch.", where="dm")
    await company["ben"].reads("You and @Ann would both like to keep in touch.", where="dm")
    await company["cat"].reads("nothing has come together of what you said", where="dm")
    for one in ("ann", "ben"):
        company[one].never_reads("nothing has come together")
        company[one].never_reads("another talk, the three of you")


async def _would(company: Company, handle: str, *wishes: str) -> None:
    """One of the three answers in private."""
    person = company[handle]
    await person.clicks("Answer in private", in_message="Would you go on with")
    await person.fills({"What would you like?": list(wishes)}, submit=True)
    await company.settle()
    assert person.modal is None, person.errors


@sqlite_only
async def test_a_lead_may_prefer_that_one_waits(company: Company) -> None:
    await _joined(company, "ann", "ben", "cat", rules={"For an odd number": None})
    await company.until(RUN)
    assert "2 of 3 people have somebody to talk with" in card(company).text
    await approves(company)
    (left,) = (one for one in ("ann", "ben", "cat") if not partners(company, one))
    await company[left].reads("You come first next time.", where="dm")


@sqlite_only
async def test_a_trio_of_whom_one_leaves_goes_on_as_two(company: Company) -> None:
    await _joined(company, "ann", "ben", "cat")
    await company.until(RUN)
    assert "@Ben" in thread(company)[0]
    company.workspace.deactivate("ben")
    await company.settle()
    await approves(company)
    assert partners(company, "ann") == {"Cat"}
    assert partners(company, "cat") == {"Ann"}
