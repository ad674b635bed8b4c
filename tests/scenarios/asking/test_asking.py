"""Asking: a taster, a flash session, what is told next, taking it back, and every subcommand."""

from datetime import timedelta
from typing import Any

import pytest

from bot.slack.ids import Subcommand
from tests.scenarios.acts import asks_flash, asks_taster, bot_messages, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

SUBCOMMANDS = [word.value for word in Subcommand]


async def test_a_taster_is_asked_for_and_offered(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", "Is design for me?", "One honest day in the life")
    receipt = await company["ada"].reads("Your request for a taster is on its way.")
    assert "They have until Wednesday, November 25, 2026 at 10:00 to answer." in receipt.text
    assert "You hear from me either way." in receipt.text
    assert receipt.buttons == ("Take it back",)
    offer = await company["bruno"].reads("would like to talk with you, in a taster")
    for words in ("Is design for me?", "One honest day in the life", "Designer", "30 minutes"):
        assert words in offer.text
    assert "You may decline it, move it, or leave a topic out." in offer.text
    assert offer.buttons == ("I can help", "Not this time")


async def test_a_flash_request_carries_its_reason_and_questions(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    answers: dict[str, Any] = {
        "What kind of help is it?": "Career advice",
        "Your questions": "What would you ask them?\nHow did you choose?",
        "How long": "45 minutes",
        "How you would like to talk": ["A walk", "Phone"],
        "When you are usually free": ["Tuesday morning"],
    }
    await asks_flash(company, "ada", "Choosing between two offers", **answers)
    offer = await company["bruno"].reads("in a flash session")
    for words in (
        "Choosing between two offers",
        "Career advice",
        "• What would you ask them?",
        "• How did you choose?",
        "45 minutes",
        "by phone",
        "on a walk",
        "Tuesday morning",
    ):
        assert words in offer.text


async def test_a_first_time_mentor_is_told_what_is_expected(company: Company) -> None:
    bruno = company["bruno"]
    await bruno.types("/mentoring taster")
    await bruno.ticks("the one who helps, for the first time")
    await bruno.reads("What is expected of you, and what you may decline", where="modal")
    await bruno.fills({"What could you talk about?": "Ten years of design"}, submit=True)
    await company.settle()
    welcome = await bruno.reads("I will ask you for one taster, and nothing after it.")
    assert "You may decline the request, move the time, or leave a topic out." in welcome.text
    await asks_flash(company, "ada")
    bruno.never_reads("I can help")
    await asks_taster(company, "chen")
    await company.until(company.clock.now() + timedelta(hours=1))
    await bruno.reads("would like to talk with you, in a taster")


@sqlite_only
async def test_the_role_can_be_switched_without_losing_what_was_typed(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring taster")
    await ada.fills({"How you would like to talk": ["Phone"], "When you are usually free": None})
    await ada.fills({"What would you like to talk about?": "Design", "How long": "15 minutes"})
    await ada.ticks("the one who helps, for the first time")
    await ada.reads("What could you talk about?", where="modal")
    await ada.ticks("the one who asks")
    await ada.reads("What would you like to talk about?", where="modal")
    assert ada.modal is not None
    assert ada.modal.values["How you would like to talk"] == "Phone"
    assert ada.modal.values["What would you like to talk about?"] == "Design"
    assert ada.modal.values["How long"] == "15 minutes"


async def test_a_request_is_taken_back(company: Company) -> None:
    ada, bruno = company["ada"], company["bruno"]
    await ada.types("/mentoring withdraw")
    await ada.reads("You have no open request, so there is nothing to take back.")
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", "Speaking up")
    await ada.types("/mentoring withdraw")
    await ada.reads("Your request is taken back: Speaking up")
    await company.settle()
    await bruno.reads("no longer needs this flash session. Nothing is left for you to do.")
    bruno.never_reads("I can help")
    await ada.reads("You took back your request for a flash session.")


@sqlite_only
async def test_with_several_requests_one_is_chosen(company: Company) -> None:
    ada = company["ada"]
    await offers_to_mentor(company, "bruno", **{"Sessions a month, at most": "3"})
    await asks_flash(company, "ada", "The first one")
    await asks_taster(company, "ada", "The second one")
    await ada.types("/mentoring withdraw")
    choice = await ada.reads("Which request would you like to take back?")
    assert choice.ephemeral
    assert choice.buttons == ("Take it back", "Take it back")
    await ada.clicks("Take it back", in_message="Which request")
    await company.settle()
    await ada.reads("You took back your request")
    await ada.types("/mentoring sessions")
    overview = await ada.reads("Your requests")
    assert overview.text.count("Your request for a") == 1


@sqlite_only
async def test_taking_back_by_the_button_works_too(company: Company) -> None:
    await asks_flash(company, "ada")
    await company["ada"].reads("No mentor who fits is free at the moment.")
    await company["ada"].clicks("Take it back")
    await company.settle()
    await company["ada"].reads("You took back your request for a flash session.")


async def test_sessions_lists_all_that_is_open(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", "Speaking up")
    await company["ada"].types("/mentoring sessions")
    mine = await company["ada"].reads("Your requests")
    assert "Speaking up" in mine.text
    assert "With a mentor, who has until" in mine.text
    await company["bruno"].types("/mentoring sessions")
    asked = await company["bruno"].reads("You are asked for")
    assert asked.ephemeral
    await company["bruno"].clicks("I can help", in_message="You are asked for")
    await company.settle()
    await company["ada"].types("/mentoring sessions")
    session = await company["ada"].reads("Your sessions")
    assert "No time yet" in session.text
    assert {"Set a time", "Write the agenda", "Cancel"} <= set(session.buttons)


@sqlite_only
@pytest.mark.parametrize("word", ["", "help", "?", "HELP"])
async def test_help_names_every_subcommand(company: Company, word: str) -> None:
    await company["ada"].types(f"/mentoring {word}")
    helped = await company["ada"].reads("I bring two people together")
    for each in SUBCOMMANDS:
        assert f"/mentoring {each}" in helped.text
    assert helped.buttons == (
        "Try a taster",
        "Ask for a flash session",
        "Invite somebody",
        "Learn the other way round",
        "Offer to mentor",
    )


@sqlite_only
@pytest.mark.parametrize(
    "typed",
    [
        "flsh",
        "tasters?!",
        "sesions",
        "xyzzy",
        "<!channel>",
        "ask @chen",
        "@bruno",
        "🦔" * 500,
        ";--",
    ],
)
async def test_nothing_typed_wrong_meets_silence(company: Company, typed: str) -> None:
    await company["ada"].types(f"/mentoring {typed}")
    await company.settle()
    answers = company["ada"].screen()
    assert answers or company["ada"].modal
    assert all("dispatch_failed" not in seen.text for seen in answers)
    assert not company.workspace.broadcasts


@sqlite_only
async def test_the_nearest_word_is_suggested(company: Company) -> None:
    await company["ada"].types("/mentoring withdrawl now")
    answer = await company["ada"].reads("I do not know this one yet.")
    assert "withdrawl" in answer.text
    assert "Perhaps you mean /mentoring withdraw." in answer.text


async def test_an_offer_is_changed_and_shows_what_was_there(company: Company) -> None:
    bruno = company["bruno"]
    await offers_to_mentor(
        company, "bruno", **{"Sessions a month, at most": "3", "Areas you know": ["Negotiating"]}
    )
    await bruno.reads("I will ask you for at most 3 sessions a month.")
    await bruno.clicks("Change my offer")
    assert bruno.modal is not None
    assert bruno.modal.values["What can you help with?"] == "Whatever bruno has seen"
    assert bruno.modal.values["Sessions a month, at most"] == "3"
    assert "Negotiating" in bruno.modal.values["Areas you know"]
    await bruno.fills({"Sessions a month, at most": "1"}, submit=True)
    await company.settle()
    await bruno.reads("I will ask you for at most one session a month.")
    assert len(bot_messages(company, "bruno", "Thank you for offering")) == 2


@sqlite_only
async def test_home_shows_the_same_and_is_kept_true(company: Company) -> None:
    ada = company["ada"]
    await ada.opens_home()
    await ada.reads("Nothing is open for you just now.", where="home")
    await ada.clicks("Ask for a flash session", in_message="Nothing is open")
    await ada.fills(
        {"What is it about?": "Speaking up", "What do you hope to leave with?": "A way"},
        submit=True,
    )
    await company.settle()
    await ada.reads("Your requests", where="home")
