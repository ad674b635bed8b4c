"""Asking one person for a conversation: yes, no, shorter, somebody better placed."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.sandbox.people import PersonSpec
from bot.slack.ids import Shortcut
from tests.scenarios.acts import bot_messages, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import channel_of
from tests.support.company import Company

ADVICE = "How you came to design"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    """Everybody in one zone, so that news is read on the same morning."""
    return (
        PersonSpec("ada", "Ada Adeyemi", tz="Europe/London", title="Designer"),
        PersonSpec("bruno", "Bruno Costa", tz="Europe/London", title="Head of Design"),
        PersonSpec("chen", "Chen Wei", tz="Europe/London", title="Engineer"),
        PersonSpec("gus", "Gus Guest", guest=True),
        PersonSpec("robo", "Robo", is_bot=True),
    )


async def invites(company: Company, whom: str = "bruno", who: str = "ada", **more: Any) -> None:
    """`/mentoring spot @whom`, filled in and sent."""
    await company[who].types(f"/mentoring spot @{whom}")
    words = {"Advice on what?": ADVICE, "What do you hope to leave with?": "One thing to try"}
    await company[who].fills({**words, **more}, submit=True)
    await company.settle()


async def test_a_yes_brings_the_two_together(company: Company) -> None:
    await invites(company)
    assert company["ada"].modal is None
    card = await company["bruno"].reads("would like to talk with you for 30 minutes")
    assert ADVICE in card.text
    assert "mentor" not in card.text.casefold()
    assert card.buttons[:3] == ("Yes, gladly", "Not this time", "Somebody better placed")
    receipt = await company["ada"].reads("I bring your invitation to @Bruno Costa")
    assert "and to nobody else" in receipt.text
    await company["bruno"].clicks("Yes, gladly")
    await company.settle()
    await company["ada"].reads("@Bruno Costa said yes.")
    await company["bruno"].reads("You said yes to a talk with @Ada Adeyemi.")
    intro = await company["ada"].reads("meet @Bruno Costa", where="group")
    assert ADVICE in intro.text


async def test_a_kind_no_asks_nobody_else(company: Company) -> None:
    await offers_to_mentor(company, "chen")
    await invites(company)
    await company["bruno"].clicks("Not this time")
    await company["bruno"].fills({"A kind word about why": "Ask me in January?"}, submit=True)
    await company.settle()
    news = await company["ada"].reads("@Bruno Costa cannot make room for it this time.")
    assert "It says nothing about you or your topic." in news.text
    await company["ada"].reads("Ask me in January?")
    await company["bruno"].reads("which is quite all right")
    await company.let_pass(days=3)
    assert bot_messages(company, "chen", ADVICE) == []
    await company["ada"].types("/mentoring sessions")
    await company["ada"].reads("Nothing is open for you just now.")


async def test_silence_ends_it_too(company: Company) -> None:
    await invites(company)
    await company.let_pass(days=1, minutes=1)
    await company["bruno"].reads("A small reminder: @Ada Adeyemi")
    await company.let_pass(days=1)
    await company["ada"].reads("@Bruno Costa could not find the time to answer.")
    await company["bruno"].reads("The invitation from @Ada Adeyemi has passed.")


async def test_something_shorter_is_taken(company: Company) -> None:
    await invites(company)
    await company["bruno"].picks("Something shorter", "15 minutes")
    await company.settle()
    await company["bruno"].reads("You suggested 15 minutes to @Ada Adeyemi.")
    await company["ada"].reads("has room for 15 minutes. Would that help?")
    await company["ada"].clicks("Take it", "has room for 15 minutes")
    await company.settle()
    intro = await company["ada"].reads("meet @Bruno Costa", where="group")
    assert "15 minutes at most" in intro.text


async def test_something_shorter_is_not_taken(company: Company) -> None:
    await invites(company)
    await company["bruno"].picks("Something shorter", "15 minutes")
    await company.settle()
    await company["ada"].clicks("Rather not", "has room for 15 minutes")
    await company.settle()
    await company["bruno"].reads("Your 15 minutes did not suit @Ada Adeyemi this time.")
    await company["ada"].reads("came to nothing, and that is all right")


async def names_chen(company: Company) -> None:
    await invites(company)
    await company["bruno"].clicks("Somebody better placed")
    await company["bruno"].fills(
        {"Who is better placed?": "chen", "Why they may be the one": "She did both."}, submit=True
    )
    await company.settle()
    assert company["bruno"].modal is None


async def test_somebody_better_placed_says_yes(company: Company) -> None:
    await names_chen(company)
    asked = await company["ada"].reads("thinks that @Chen Wei is better placed for it")
    assert "Shall I ask @Chen Wei?" in asked.text
    await company["ada"].reads("She did both.")
    assert bot_messages(company, "chen") == []
    await company["ada"].clicks("Yes, ask them", "Shall I ask")
    await company.settle()
    card = await company["chen"].reads("would like to talk with you")
    assert "@Bruno Costa suggested you." in card.text
    assert "She did both." in card.text
    await company["ada"].reads("I am asking @Chen Wei")
    await company["chen"].clicks("Yes, gladly")
    await company.settle()
    await company["ada"].reads("meet @Chen Wei", where="group")
    await company["ada"].reads("@Chen Wei said yes. It goes on in a conversation of its own.")


async def test_a_referral_with_one_refusal_by_the_asker(company: Company) -> None:
    await names_chen(company)
    await company["ada"].clicks("Rather not", "Shall I ask")
    await company.settle()
    await company["ada"].reads("I have let it rest, and did not go on to @Chen Wei.")
    await company.let_pass(days=4)
    assert bot_messages(company, "chen") == []
    assert bot_messages(company, "bruno", "Rather") == []


async def test_a_referral_with_one_refusal_by_the_one_named(company: Company) -> None:
    await names_chen(company)
    await company["ada"].clicks("Yes, ask them", "Shall I ask")
    await company.settle()
    await company["chen"].clicks("Not this time")
    await company["chen"].submits()
    await company.settle()
    await company["ada"].reads("@Chen Wei cannot make room for it this time.")
    assert company["ada"].screen("group") == []


@sqlite_only
async def test_a_referral_that_finds_no_answer_is_let_go(company: Company) -> None:
    await names_chen(company)
    await company.let_pass(days=2, minutes=1)
    await company["ada"].reads("I have let it rest")
    assert bot_messages(company, "chen") == []


async def test_a_full_mentor_is_asked_as_a_kindness_alone(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await invites(company, who="chen")
    await invites(company)
    modal = company["ada"].modal
    assert modal is not None
    assert "Bruno Costa has no room this month." in modal.text
    company["bruno"].never_reads("Ada Adeyemi")
    await company["ada"].submits()
    await company.settle()
    assert company["ada"].modal is None
    await company["bruno"].reads("They know that you have no room left this month.")


@sqlite_only
@pytest.mark.parametrize(
    ("whom", "says"),
    [
        ("ada", "A talk with yourself needs no invitation."),
        ("robo", "I can only pair people, and this is an app."),
        ("gus", "guests cannot take part yet"),
    ],
)
async def test_not_everybody_can_be_invited(company: Company, whom: str, says: str) -> None:
    await invites(company, whom)
    assert says in company["ada"].errors["Whom would you like to talk with?"]


@sqlite_only
async def test_the_same_person_twice(company: Company) -> None:
    await invites(company)
    await invites(company)
    errors = company["ada"].errors["Whom would you like to talk with?"]
    assert "You have asked Bruno Costa already" in errors
    assert len(bot_messages(company, "bruno", ADVICE)) == 1


@sqlite_only
async def test_somebody_on_a_break_or_away(company: Company) -> None:
    await company["bruno"].types("/mentoring pause")
    await company["bruno"].submits()
    await company.settle()
    await invites(company)
    assert "is not available" in company["ada"].errors["Whom would you like to talk with?"]


async def test_a_break_taken_meanwhile_ends_the_invitation_kindly(company: Company) -> None:
    await invites(company)
    await company["bruno"].types("/mentoring pause")
    await company["bruno"].submits()
    await company.settle()
    await company["ada"].reads("@Bruno Costa could not find the time to answer.")


async def test_whoever_leaves_meanwhile(company: Company) -> None:
    await names_chen(company)
    company.workspace.deactivate("chen")
    await company.settle()
    await company["ada"].clicks("Yes, ask them", "Shall I ask")
    await company.settle()
    await company["ada"].reads("This person is no longer in the workspace.")
    await company["ada"].clicks("Rather not", "Shall I ask")
    await company.settle()
    await company["ada"].reads("I have let it rest")
    await invites(company)
    company.workspace.deactivate("bruno")
    await company.settle()
    await company["ada"].reads("@Bruno Costa could not find the time to answer.")


@sqlite_only
async def test_from_a_shortcut_and_from_a_message(company: Company) -> None:
    await company["ada"].runs_shortcut(Shortcut.INVITE)
    assert company["ada"].modal is not None
    assert company["ada"].modal.title == "Invite somebody"
    await company["ada"].closes()
    await channel_of(company, "ada", lead="bruno", name="design-talk")
    await company["bruno"].says("I moved from print to product.", channel="design-talk")
    await company["ada"].runs_shortcut(Shortcut.ASK_AUTHOR, on_message="I moved from print")
    words = {"Advice on what?": ADVICE, "What do you hope to leave with?": "One thing to try"}
    await company["ada"].fills(words, submit=True)
    await company.settle()
    await company["bruno"].reads("would like to talk with you for 30 minutes")


@sqlite_only
async def test_taking_an_invitation_back(company: Company) -> None:
    await invites(company)
    await company["ada"].types("/mentoring withdraw")
    await company.settle()
    await company["bruno"].reads("@Ada Adeyemi has taken their invitation back.")
    await company["ada"].reads("You took back your invitation to @Bruno Costa.")
