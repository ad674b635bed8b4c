"""From yes to the hour: introduction, time, checklists, agenda, reminders, the card to start."""

from datetime import datetime, timedelta

import pytest

from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_taster,
    bot_messages,
    offers_to_mentor,
    paired,
    scheduled,
    sets_time,
)
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

MENTEE_LINES = (
    "I have told my mentor what I hope to get from our talk",
    "I have one topic, small enough for one conversation",
    "I know the first question I want to ask",
    "We have a time and a place that suit us both",
)
AGENDA = (
    "- Where to begin\n- Whom to ask\nHow did you do it?\nOutcome: a first step\nRead: a.example"
)


@pytest.fixture
async def taster(company: Company) -> Company:
    """Ada and Bruno are paired for a taster; there is no time yet."""
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", "Is design for me?", "One honest day in the life")
    await accepts(company, "bruno")
    return company


async def test_the_introduction_says_who_why_and_what_is_next(taster: Company) -> None:
    hello = await taster["ada"].reads("You have a taster together", where="group")
    for words in (
        "@Ada Adeyemi, meet @Bruno Costa.",
        "Is design for me?",
        "One honest day in the life",
        "Whatever bruno has seen",
        "You are new to each other",
        "@Ada Adeyemi, please write first",
        "What you say and write stays between the two of you.",
        "90 days after",
    ):
        assert words in hello.text
    assert hello.buttons == ("Set a time", "Cancel")
    assert hello == await taster["bruno"].reads("You have a taster together", where="group")
    taster["chen"].never_reads("taster")


async def test_the_mentor_may_answer_what_the_mentee_said_in_the_group(taster: Company) -> None:
    group = (await taster["ada"].reads("You have a taster together", where="group")).channel
    before = len(taster["ada"].screen())
    await taster["ada"].says("Hello! Thursday 14:30?", channel=group)
    await taster.settle()
    await taster["bruno"].reads("Hello! Thursday 14:30?", where="group")
    # Lantern never reads conversations: it says nothing, and no time is set.
    assert len(taster["ada"].screen()) == before + 1
    taster["ada"].never_reads("has set the time")


async def test_a_time_is_typed_in_the_dm(taster: Company) -> None:
    await taster["ada"].says("Thursday 14:30")
    await taster.settle()
    for handle in ("ada", "bruno"):
        told = await taster[handle].reads("has set the time for your taster", where="group")
        assert "Thursday, November 26, 2026 at 14:30" in told.text
        assert told.buttons == ("Change the time", "Cancel")


async def test_a_time_is_picked_in_the_modal_by_the_mentor(taster: Company) -> None:
    bruno = taster["bruno"]
    await bruno.clicks("Set a time")
    await bruno.fills(
        {
            "Pick a time": THURSDAY,
            "How long": "45 minutes",
            "How you talk": "In person, in a public place",
            "Where": "Café Aurora",
        },
        submit=True,
    )
    await taster.settle()
    told = await taster["ada"].reads("@Bruno Costa has set the time for your taster")
    for words in ("at 14:30", "45 minutes, in person, in a public place", "Café Aurora"):
        assert words in told.text
    assert "choose a public place, never a home" in told.text


async def test_ticks_are_remembered_and_readiness_is_seen(taster: Company) -> None:
    ada, bruno = taster["ada"], taster["bruno"]
    await bruno.reads("@Ada Adeyemi is still preparing.")
    for line in MENTEE_LINES[:2]:
        await ada.ticks(line, in_message="Your checklist")
        await taster.settle()
    assert (await ada.reads("Your checklist")).text.count("☑") == 2
    await ada.unticks(MENTEE_LINES[0], in_message="Your checklist")
    await taster.settle()
    assert (await ada.reads("Your checklist")).text.count("☑") == 1
    await ada.ticks(MENTEE_LINES[0], in_message="Your checklist")
    for line in MENTEE_LINES[2:]:
        await ada.ticks(line, in_message="Your checklist")
    await taster.settle()
    await ada.reads("Everything is ticked. You are ready.")
    seen = await bruno.reads("@Ada Adeyemi is ready.")
    assert MENTEE_LINES[0] not in seen.text


async def test_only_the_one_who_is_not_ready_is_nudged(taster: Company) -> None:
    await taster["ada"].says("Thursday 14:30")
    for line in MENTEE_LINES:
        await taster["ada"].ticks(line, in_message="Your checklist")
    await taster.until(THURSDAY - timedelta(hours=47))
    await taster["bruno"].reads("of your checklist are still open")
    taster["ada"].never_reads("still open")


async def test_the_agenda_is_written_in_words(taster: Company) -> None:
    ada = taster["ada"]
    await ada.reads("What would you like to talk about with @Bruno Costa?")
    await ada.says(AGENDA)
    await taster.settle()
    saved = await ada.reads("Thank you, this is your agenda.")
    card = await taster["bruno"].reads("The agenda from @Ada Adeyemi.")
    for words in (
        "• Where to begin",
        "• Whom to ask",
        "a first step",
        "• How did you do it?",
        "a.example",
    ):
        assert words in saved.text
        assert words in card.text
    assert saved.buttons == ("Change the agenda",)


async def test_the_agenda_is_written_and_changed_in_the_modal(taster: Company) -> None:
    ada, bruno = taster["ada"], taster["bruno"]
    await ada.clicks("Write the agenda")
    assert ada.modal is not None
    assert ada.modal.values["To talk about"] == "Is design for me?"
    await ada.fills({"To talk about": "Where to begin", "Off limits": "My boss"}, submit=True)
    await taster.settle()
    card = await bruno.reads("The agenda from @Ada Adeyemi.")
    assert "My boss" in card.text
    await ada.clicks("Change the agenda")
    await ada.fills({"To talk about": "Where to end", "Off limits": None}, submit=True)
    await taster.settle()
    changed = await bruno.reads("with the latest changes.")
    assert (changed.ts, "Where to end" in changed.text) == (card.ts, True)
    assert "My boss" not in changed.text
    assert len(bot_messages(taster, "bruno", "The agenda from")) == 1


async def test_a_late_agenda_is_asked_for_and_reaches_the_mentor_a_day_before(
    company: Company,
) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await company.until(THURSDAY - timedelta(hours=29))
    nudge = await ada.reads("One line about what you want to talk about is enough")
    assert "Write the agenda" in nudge.buttons
    await ada.says("How to say no to a client")
    await company.settle()
    card = await bruno.reads("The agenda from @Ada Adeyemi.")
    assert "How to say no to a client" in card.text
    assert float(card.ts) <= (THURSDAY - timedelta(hours=24)).timestamp()
    await company.until(THURSDAY - timedelta(hours=1))
    bruno.never_reads("There is no agenda yet.")


async def test_without_an_agenda_the_mentor_is_told(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY - timedelta(hours=3))
    told = await company["bruno"].reads("There is no agenda yet. Your talk can go well without")
    assert "One thing to try" in told.text
    await company["ada"].says("Better late than never")
    await company.settle()
    await company["bruno"].reads("has come. You find it here.")
    await company["bruno"].reads("Better late than never")


async def test_reminders_and_the_card_at_the_start(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(minutes=1))
    for handle, habit in (
        ("ada", "Say at the start what you would like to leave with."),
        ("bruno", "Ask open questions that make both of you think."),
    ):
        day = await company[handle].reads("Soon you meet")
        assert _at(day.ts) == THURSDAY - timedelta(hours=24)
        soon = await company[handle].reads("In a few minutes you meet")
        assert _at(soon.ts) == THURSDAY - timedelta(minutes=10)
        card = await company[handle].reads("starts now.")
        assert _at(card.ts) == THURSDAY
        assert habit in card.text
        assert "Keep the last five minutes for the next steps" in card.text


async def test_a_pair_without_a_time_is_nudged_gently(company: Company) -> None:
    await paired(company)
    await company.let_pass(days=2, hours=1)
    nudge = await company["ada"].reads("You and @Bruno Costa have no time yet.")
    assert nudge.buttons == ("Set a time", "Cancel")
    await sets_time(company, "ada", "next Monday 10:00")
    await company["ada"].reads("You have found a time: you meet @Bruno Costa")


@sqlite_only
async def test_words_with_two_matters_open_are_kept_until_it_is_clear(company: Company) -> None:
    await offers_to_mentor(company, "bruno", **{"Sessions a month, at most": "2"})
    for topic in ("The first", "The second"):
        await asks_taster(company, "ada", topic)
        await accepts(company, "bruno")
    ada = company["ada"]
    await ada.says("How to begin")
    await company.settle()
    choice = await ada.reads("Please tell me what this is for")
    assert "How to begin" in choice.text
    assert "The first" in choice.text
    assert "The second" in choice.text
    await ada.clicks(choice.buttons[0])
    await company.settle()
    await ada.reads("These words have been dealt with.")
    await ada.reads("Thank you, this is your agenda.")


@sqlite_only
async def test_an_answer_in_the_thread_of_the_question_is_for_that_question(
    company: Company,
) -> None:
    await offers_to_mentor(company, "bruno")
    await offers_to_mentor(company, "dara")
    for topic in ("The first", "The second"):
        await asks_taster(company, "ada", topic)
    await accepts(company, "bruno")
    await company.let_pass(hours=5)
    await accepts(company, "dara")
    await company["ada"].says(
        "How to begin", thread="What would you like to talk about with @Dara Quinn?"
    )
    await company.settle()
    await company["dara"].reads("How to begin")
    company["bruno"].never_reads("How to begin")


def _at(ts: str) -> datetime:
    return datetime.fromtimestamp(int(float(ts)), THURSDAY.tzinfo)
