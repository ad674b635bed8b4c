"""Requests of a programme: its own mentors are asked, and its lead helps where nobody is left."""

from collections.abc import Sequence

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    LEADS,
    makes_programme,
    mentees,
    mentors,
    partners,
    people,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

SECRET = "How to talk to my own director"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people("max", "ned", "out"))


async def _asks(company: Company, **answers: str) -> None:
    """Ned types /mentoring flash in the channel."""
    ned = company["ned"]
    await ned.types("/mentoring flash", CHANNEL)
    words = {"What is it about?": SECRET, "What do you hope to leave with?": "A first sentence"}
    await ned.fills({**words, **answers}, submit=True)
    await company.settle()
    assert ned.modal is None, ned.modal


@pytest.fixture
async def waiting(company: Company) -> Company:
    """A request in a programme without a mentor; somebody elsewhere offers to mentor."""
    await makes_programme(company, "max", "ned", every="On request only")
    await mentees(company, ["ned"])
    await company["out"].types("/mentoring offer")
    await company["out"].fills({"What can you help with?": "Anything"}, submit=True)
    await company.settle()
    await _asks(company)
    return company


async def test_what_is_asked_in_the_channel_goes_to_its_mentors(company: Company) -> None:
    await makes_programme(company, "max", "ned", every="On request only")
    await mentors(company, ["max"])
    await company["out"].types("/mentoring offer")
    await company["out"].fills({"What can you help with?": "Anything"}, submit=True)
    await company.settle()
    await _asks(company)
    offer = await company["max"].reads("would like to talk with you", where="dm")
    assert SECRET in offer.text
    company["out"].never_reads("I can help")
    await company["max"].clicks("I can help")
    await company.settle()
    hello = await company["ned"].reads("together, 30 minutes at most", where="group")
    assert "@Max" in hello.text
    await assert_all_said_once(company)


async def test_a_lead_helps_where_nobody_is_left(waiting: Company) -> None:
    lea = waiting["lea"]
    waiting["out"].never_reads("I can help")
    news = await lea.reads("one request waits", where="dm")
    assert SECRET not in news.text
    await lea.clicks("Look at the queue")
    assert lea.modal is not None
    assert "@Ned" in lea.modal.text
    assert SECRET not in lea.modal.text
    assert "A first sentence" not in lea.modal.text
    await lea.fills({"Whom shall I ask for Ned?": "ned"}, submit=True)
    await waiting.settle()
    assert lea.errors == {
        "Whom shall I ask for Ned?": "This is the person who asks, so somebody else has to help."
    }
    await lea.fills({"Whom shall I ask for Ned?": "max"}, submit=True)
    await waiting.settle()
    lea.never_reads("Whom shall I ask", where="modal")
    offer = await waiting["max"].reads("would like to talk with you", where="dm")
    assert SECRET in offer.text
    await waiting["max"].clicks("I can help")
    await waiting.settle()
    assert partners(waiting, "ned") == {"Max"}
    await lea.types("/mentoring queue", CHANNEL)
    await lea.reads("nobody waits", where="modal")
    await assert_all_said_once(waiting)


@sqlite_only
async def test_leads_are_told_once_a_day_and_anybody_may_take_back(waiting: Company) -> None:
    lea = waiting["lea"]
    await waiting.let_pass(hours=4)
    assert len([s for s in lea.screen("dm") if s.has("request waits")]) == 1
    await waiting["ned"].types("/mentoring withdraw")
    await waiting.settle()
    await lea.types("/mentoring queue")
    await lea.reads("nobody waits", where="modal")


@sqlite_only
async def test_a_mentor_who_joins_is_asked_at_once(waiting: Company) -> None:
    await mentors(waiting, ["max"])
    await waiting.let_pass(minutes=10)
    await waiting["max"].reads("would like to talk with you", where="dm")


@sqlite_only
async def test_one_who_is_in_the_channel_chooses_where(company: Company) -> None:
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await company["out"].types("/mentoring offer")
    await company["out"].fills({"What can you help with?": "Anything"}, submit=True)
    await company.settle()
    await _asks(company, Where="Anywhere in the workspace")
    await company["out"].reads("I can help", where="dm")
    company["max"].never_reads("I can help")
