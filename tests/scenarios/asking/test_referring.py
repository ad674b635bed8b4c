"""From a talk: beyond me, and introductions, each with the consent of all three (3.5, 3.12)."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.acts import bot_messages, paired
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import people
from tests.support.company import Company

WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return people("ada", "bruno", "chen")


async def names(company: Company, button: str, field: str) -> None:
    """Bruno, who mentors Ada, names Chen from the list of all that is open for him."""
    await paired(company)
    await company["bruno"].types("/mentoring sessions")
    await company["bruno"].clicks(button)
    await company["bruno"].fills({field: "chen", "Why they may be the one": "She did it."})
    await company["bruno"].submits()
    await company.settle()
    assert company["bruno"].modal is None


async def beyond(company: Company) -> None:
    await names(company, "Beyond me", "Who is better placed?")


async def introduces(company: Company) -> None:
    await names(company, "Introduce them to somebody", "Whom should they know?")


async def says(company: Company, handle: str, label: str, to: str) -> None:
    await company[handle].clicks(label, to)
    await company.settle()


async def test_beyond_me_goes_on_with_somebody_else(company: Company) -> None:
    await beyond(company)
    ask = await company["ada"].reads("feels that your topic is beyond them")
    assert "Your session stays as it is until they have said yes." in ask.text
    assert bot_messages(company, "chen") == []
    await says(company, "ada", "Yes, ask them", "beyond them")
    card = await company["chen"].reads("@Bruno suggested you.")
    assert "Speaking up in meetings" in card.text
    await says(company, "chen", "Yes, gladly", "suggested you")
    await company["ada"].reads("meet @Chen", where="group")
    await company["ada"].reads("thought better placed has said yes", where="group")
    company["ada"].never_reads("Find me somebody else")


async def test_beyond_me_with_one_refusal_leaves_all_as_it_was(company: Company) -> None:
    await beyond(company)
    await says(company, "ada", "Rather not", "beyond them")
    news = await company["bruno"].reads("Nothing came of @Chen this time")
    assert "Your session with @Ada stays as it is." in news.text
    assert bot_messages(company, "chen") == []
    await company["ada"].types("/mentoring sessions")
    await company["ada"].reads("No time yet")


async def test_beyond_me_refused_by_the_one_named_sounds_the_same_to_the_mentor(
    company: Company,
) -> None:
    await beyond(company)
    await says(company, "ada", "Yes, ask them", "beyond them")
    await company["chen"].clicks("Not this time")
    await company["chen"].submits()
    await company.settle()
    news = await company["bruno"].reads("Nothing came of @Chen this time")
    assert "Your session with @Ada stays as it is." in news.text
    await company["ada"].reads("@Chen cannot make room for it this time.")


async def test_an_introduction_of_three_and_its_follow_up(company: Company) -> None:
    await introduces(company)
    await says(company, "ada", "Yes, ask them", "would like to introduce you to")
    card = await company["chen"].reads("would like to introduce @Ada to you")
    assert "for advice, never for a job" in card.text
    assert "Speaking up" not in card.text
    await says(company, "chen", "Yes, gladly", "would like to introduce")
    for handle in ("ada", "bruno", "chen"):
        seen = await company[handle].reads("knows you both", where="group")
        assert "@Ada, meet @Chen." in seen.text
    assert bot_messages(company, "ada", "Two days ago") == []
    await company.until(WEDNESDAY)
    nudge = await company["ada"].reads("Two days ago @Bruno introduced you to @Chen.")
    assert "Ask for advice on one thing, and never for a job." in nudge.text
    assert bot_messages(company, "chen", "Two days ago") == []


async def test_an_introduction_with_one_refusal(company: Company) -> None:
    await introduces(company)
    await says(company, "ada", "Yes, ask them", "would like to introduce you to")
    await says(company, "chen", "Not this time", "would like to introduce")
    await company["ada"].reads("@Chen cannot make room for it this time. It says nothing about you")
    await company["bruno"].reads("Nothing came of @Chen this time")
    assert [s for s in company["chen"].screen("group") if s.has("knows you both")] == []


@sqlite_only
async def test_an_introduction_that_finds_no_answer(company: Company) -> None:
    await introduces(company)
    await says(company, "ada", "Yes, ask them", "would like to introduce you to")
    await company.let_pass(days=2, minutes=1)
    await company["chen"].reads("The introduction to @Ada is settled.")
    await company["ada"].reads("@Chen cannot make room for it this time. It says nothing about you")


@sqlite_only
async def test_naming_one_of_the_two(company: Company) -> None:
    await paired(company)
    await company["bruno"].types("/mentoring sessions")
    await company["bruno"].clicks("Beyond me")
    for who, wrong in (("bruno", "That is you."), ("ada", "This is the person who asks")):
        await company["bruno"].fills({"Who is better placed?": who}, submit=True)
        assert wrong in company["bruno"].errors["Who is better placed?"]


async def test_one_who_leaves_before_they_answer(company: Company) -> None:
    await introduces(company)
    await says(company, "ada", "Yes, ask them", "would like to introduce you to")
    company.workspace.deactivate("chen")
    await company.settle()
    await company["ada"].reads("@Chen cannot make room for it this time. It says nothing about you")
    await company["bruno"].reads("Nothing came of @Chen this time")


async def test_nobody_is_introduced_by_one_who_left(company: Company) -> None:
    await introduces(company)
    company.workspace.deactivate("bruno")
    await company.settle()
    await company.let_pass(days=7)
    assert bot_messages(company, "chen", "introduce") == []
    assert not [seen for seen in company["ada"].screen() if "Yes, ask them" in seen.buttons]
