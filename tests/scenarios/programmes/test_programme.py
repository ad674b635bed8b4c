"""A programme in its channel: made with a preview, joined by a button, changed in place."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    DATA,
    DESIGN,
    LEADS,
    MENTEE,
    MENTOR,
    channel_of,
    joins,
    makes_programme,
    people,
    previews,
    to_her_alone,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    """Two leads, somebody with a title that says much, and others."""
    head = PersonSpec("max", "Max", title="Head of Design", tz="Europe/Berlin")
    admin = PersonSpec("ava", "Ava", is_admin=True)
    return (*LEADS, head, admin, *people("ned", "noa"), PersonSpec("gus", "Gus", guest=True))


async def test_nothing_is_posted_before_the_yes(company: Company) -> None:
    lea = company["lea"]
    await channel_of(company, "ned")
    await previews(company, What_you_say_about_it="Half an hour with <!channel> somebody new")
    assert lea.modal is not None
    for words in (
        "Half an hour with",
        "every Thursday at 10:00 (Europe/London)",
        "Thursday, November 26, 2026 at 10:00",
        "Thursday, December 3, 2026 at 10:00",
        "Thursday, December 10, 2026 at 10:00",
        "A lead looks at the plan, and nothing goes out before the yes.",
        "Two people have a language in common",
    ):
        assert words in lea.modal.text, words
    company["ned"].never_reads("Joining takes two minutes")
    await lea.clicks("Post it")
    await company.settle()
    card = await company["ned"].reads("Joining takes two minutes", where=f"#{CHANNEL}")
    assert "Half an hour with" in card.text
    assert card.buttons == ("Join", "Ask for a flash session", "Try a taster")
    assert not company.workspace.broadcasts
    await assert_all_said_once(company)


async def test_it_is_changed_in_place(company: Company) -> None:
    ned = company["ned"]
    await makes_programme(company, "ned")
    await company["lea"].types("/mentoring programme", CHANNEL)
    await company["lea"].fills({"Name": "Round table", "Day of the week": "Friday"}, submit=True)
    await company.settle()
    await company["lea"].reads("It changes in place.", where="modal")
    await company["lea"].clicks("Save")
    await company.settle()
    cards = [s for s in ned.screen(f"#{CHANNEL}") if s.has("Joining takes two minutes")]
    assert len(cards) == 1
    assert "Round table" in cards[0].text
    assert "every Friday at 10:00" in cards[0].text


@sqlite_only
async def test_the_way_back_and_the_rules_lose_nothing(company: Company) -> None:
    lea = company["lea"]
    await channel_of(company, "ned")
    await previews(
        company,
        Time_of_day="09:30",
        rules={
            "What two people must not share": ["A department", "A reporting line"],
            "Rounds before two may meet again": "2",
            "Contacts for what is not for me": "Ask Hannah in the works council",
            "I write until": "16:00",
            "Public holidays of": "United Kingdom",
        },
    )
    await lea.reads("Two people are never of the same department", where="modal")
    await lea.reads("between 09:00 and 16:00", where="modal")
    await lea.clicks("Back")
    assert lea.modal is not None
    assert lea.modal.values["Name"] == "Circle"
    assert lea.modal.values["Time of day"] == "09:30"
    await lea.submits()
    await company.settle()
    await lea.reads("The same two do not meet again within 2 rounds", where="modal")
    await lea.clicks("Post it")
    await company.settle()
    card = await company["ned"].reads("Joining takes two minutes", where=f"#{CHANNEL}")
    assert "Ask Hannah in the works council" in card.text


@sqlite_only
@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("Name", "   ", ""),
        ("Time zone", "Berlin", "Do you mean Europe/Berlin?"),
        ("Time zone", "Xyzzy", "Please name a city that keeps the same time"),
        ("Time zone", "'; DROP TABLE programmes", "Please name a city"),
        ("Leads", ["gus"], "guests cannot take part yet"),
        ("Leads", ["Lantern"], "this is an app"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    company: Company, field: str, typed: Any, error: str
) -> None:
    lea = company["lea"]
    await channel_of(company, "ned")
    await lea.types("/mentoring programme", CHANNEL)
    await lea.fills({"Name": "Circle", field: typed}, submit=True)
    await company.settle()
    assert error in lea.errors[field]
    company["ned"].never_reads("Joining takes two minutes")


async def test_only_leads_and_admins_may(company: Company) -> None:
    ned, ava, pia = company["ned"], company["ava"], company["pia"]
    await channel_of(company, "ned", "ava", "pia")
    await ned.types("/mentoring programme", CHANNEL)
    refused = await ned.reads("This channel has no programme yet. Lea Lang, who made it")
    assert refused.ephemeral
    assert ned.modal is None
    await makes_programme(company)
    for line in ("programme", "round", "round now", "queue", "report", "people"):
        await ned.types(f"/mentoring {line}", CHANNEL)
        await company.settle()
        assert ned.modal is None, line
        assert ned.screen("ephemeral")[-1].has("lead"), line
    await ava.types("/mentoring programme", CHANNEL)
    await ava.fills({"Leads": ["lea", "pia"]}, submit=True)
    await company.settle()
    await ava.clicks("Save")
    await company.settle()
    await pia.types("/mentoring programme", CHANNEL)
    await pia.reads("This is about #circle", where="modal")
    await assert_all_said_once(company)


async def test_where_the_bot_is_not_it_says_so(company: Company) -> None:
    await channel_of(company, "ned", app=False)
    await company["lea"].types("/mentoring programme", CHANNEL)
    await company.settle()
    await company["lea"].reads("/invite")
    await company["lea"].types("/mentoring programme")
    await company["lea"].reads("You lead no programme.")


async def test_joining_begins_with_what_slack_knows(company: Company) -> None:
    max_, ned = company["max"], company["ned"]
    await makes_programme(company, "max", "ned")
    await max_.clicks("Join")
    assert max_.modal is not None
    assert max_.modal.values["Where you are on your way"] == "Leading leaders, or a whole area"
    assert max_.modal.values["Languages you like to talk in"] == "English"
    assert "You alone see this." in max_.modal.text
    await max_.submits()
    await company.settle()
    assert max_.errors == {"I take part as": "Please complete this required field."}
    await max_.fills(
        {"I take part as": [MENTOR, MENTEE], "What I can help with": [DESIGN]}, submit=True
    )
    await company.settle()
    card = await max_.reads("You are part of Circle.", where="dm")
    assert "As a mentor you offer one session a month." in card.text
    assert "The next round is Thursday, November 26, 2026 at 11:00." in card.text
    ned.never_reads("You are part of Circle.")
    await max_.clicks("Change what I said")
    assert max_.modal is not None
    assert max_.modal.values["What I can help with"] == DESIGN
    await max_.fills({"What I can help with": [DATA, DESIGN]}, submit=True)
    await company.settle()
    await max_.reads(f"You can help with {DATA} and {DESIGN}.", where="dm")
    await assert_all_said_once(company)


async def test_leaving_and_coming_back(company: Company) -> None:
    ned = company["ned"]
    await makes_programme(company, "ned")
    await joins(company, "ned", seeks=[DESIGN])
    await ned.types("/mentoring leave", CHANNEL)
    await company.settle()
    await ned.reads("You have left Circle", where="dm")
    await ned.clicks("Join again")
    assert ned.modal is not None
    assert ned.modal.values["What I would like to talk about"] == DESIGN
    await ned.fills({"I take part as": [MENTEE]}, submit=True)
    await company.settle()
    await ned.reads("You are part of Circle.", where="dm")
    assert len(to_her_alone(company, "ned", "Circle")) <= 3


@sqlite_only
async def test_guests_and_strangers_to_the_word_are_answered(company: Company) -> None:
    gus, noa = company["gus"], company["noa"]
    await makes_programme(company, "gus", "noa")
    await gus.clicks("Join")
    await company.settle()
    await gus.reads("guest")
    assert gus.modal is None
    await noa.types("/mentoring leave", CHANNEL)
    await company.settle()
    await noa.reads("You are not part of this programme.")
