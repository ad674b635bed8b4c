"""From mentor to mentor: decline, silence, waiting, pausing. The one who asks always knows."""

from datetime import UTC, datetime, timedelta

from tests.scenarios.acts import accepts, asks_flash, bot_messages, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

FRIDAY_NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


async def test_a_decline_moves_the_request_on(company: Company) -> None:
    for mentor in ("bruno", "chen"):
        await offers_to_mentor(company, mentor)
    await asks_flash(company, "ada")
    first, second = _asked_and_other(company, "bruno", "chen")
    await company[first].clicks("Not this time")
    await company.let_pass(hours=23)
    await company[first].reads("You passed on a flash session with @Ada Adeyemi this time")
    company[first].never_reads("I can help")
    news = await company["ada"].reads("so I have asked another one who fits.")
    assert "to answer." in news.text
    assert "You hear from me either way." in news.text
    assert news.buttons == ("Take it back",)
    company["ada"].never_reads("Bruno Costa")
    await accepts(company, second)
    await company["ada"].reads("Good news: a mentor said yes to your flash session.")


async def test_no_answer_reminds_halfway_and_expires_after_the_weekend(company: Company) -> None:
    for mentor in ("bruno", "chen"):
        await offers_to_mentor(company, mentor)
    # The other one has no room yet, so that it is clear who is asked first.
    await company["chen"].types("/mentoring pause")
    await company["chen"].submits()
    await company.until(FRIDAY_NOON)
    await asks_flash(company, "ada")
    offer = await company["bruno"].reads("I can help")
    assert "Please answer by Tuesday, December 1, 2026 at 12:00." in offer.text
    await company["chen"].types("/mentoring resume")
    await company.until(FRIDAY_NOON + timedelta(days=2, hours=23))
    company["bruno"].never_reads("A small reminder")
    await company.until(FRIDAY_NOON + timedelta(days=3, minutes=1))
    reminder = await company["bruno"].reads("A small reminder: @Ada Adeyemi")
    assert reminder.buttons == ("I can help", "Not this time")
    await company.until(FRIDAY_NOON + timedelta(days=3, hours=23))
    company["ada"].never_reads("asked another one")
    await company.until(FRIDAY_NOON + timedelta(days=4, minutes=1))
    await company["bruno"].reads("The request from @Ada Adeyemi for a flash session has moved on.")
    company["bruno"].never_reads("A small reminder")
    await company["ada"].reads("so I have asked another one who fits.")
    await company.let_pass(hours=16)
    await company["chen"].reads("would like to talk with you, in a flash session")


async def test_nobody_left_waits_until_somebody_offers(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", "Speaking up")
    await company["bruno"].clicks("Not this time")
    await company.settle()
    news = await company["ada"].reads("Your request goes to the front of the line")
    assert "It says nothing about your topic." in news.text
    assert news.buttons == ("Take it back",)
    await company.let_pass(days=1)
    await offers_to_mentor(company, "dara")
    await company.until(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    await accepts(company, "dara")
    await company["ada"].reads("Good news: a mentor said yes to your flash session.")
    await company["ada"].reads("meet @Dara Quinn", where="group")


async def test_the_longest_waiting_is_served_first(company: Company) -> None:
    await asks_flash(company, "ada", "The older one")
    await company.let_pass(hours=1)
    await asks_flash(company, "chen", "The younger one")
    await offers_to_mentor(company, "bruno")
    await company["bruno"].reads("The older one")
    company["bruno"].never_reads("The younger one")
    await company["chen"].reads("No mentor who fits is free at the moment.")


async def test_a_mentor_on_a_break_passes_their_offers_on(company: Company) -> None:
    bruno = company["bruno"]
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    await offers_to_mentor(company, "dara")
    await bruno.types("/mentoring pause")
    await bruno.submits()
    await company.settle()
    card = await bruno.reads("You are on a break.")
    assert "What is already agreed stays agreed." in card.text
    bruno.never_reads("I can help")
    await company["ada"].reads("so I have asked another one who fits.")
    await bruno.clicks("I am back")
    await company.settle()
    await bruno.reads("You are back. Good to have you here.")
    await company["dara"].types("/mentoring sessions")
    await company["dara"].reads("You are asked for")


@sqlite_only
async def test_a_break_with_a_date_ends_by_itself(company: Company) -> None:
    bruno = company["bruno"]
    await offers_to_mentor(company, "bruno")
    await bruno.types("/mentoring pause")
    await bruno.fills({"Until": "2026-11-25"}, submit=True)
    await company.settle()
    await bruno.reads("Until Wednesday, November 25, 2026 at 00:00 nobody new is sent to you")
    await asks_flash(company, "ada")
    await company["ada"].reads("No mentor who fits is free at the moment.")
    await company.until(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    bruno.never_reads("I can help")
    await company.until(datetime(2026, 11, 25, 17, 0, tzinfo=UTC))
    await bruno.reads("would like to talk with you, in a flash session")


@sqlite_only
async def test_a_break_cannot_end_in_the_past(company: Company) -> None:
    await company["bruno"].types("/mentoring pause")
    await company["bruno"].fills({"Until": "2026-11-20"}, submit=True)
    assert "This day has begun already." in company["bruno"].errors["Until"]
    await company["bruno"].fills({"Until": None}, submit=True)
    await company.settle()
    assert company["bruno"].modal is None


async def test_a_mentor_at_capacity_is_not_asked(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", "The first")
    await asks_flash(company, "chen", "The second")
    assert len(bot_messages(company, "bruno", "would like to talk with you")) == 1
    await company["chen"].reads("No mentor who fits is free at the moment.")
    await company["bruno"].clicks("Not this time")
    await company.settle()
    await company["bruno"].reads("The second")


async def test_whoever_leaves_the_workspace_is_asked_nothing_more(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    company.workspace.deactivate("bruno")
    await company.settle()
    await company["ada"].reads("Your request goes to the front of the line")


def _asked_and_other(company: Company, *handles: str) -> list[str]:
    """Who was asked first: their screen has the question already, or will have in their morning."""
    return sorted(handles, key=lambda each: not bot_messages(company, each, "I can help"))
