"""One's own data: a file of it, being forgotten after months, and leaving the company."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.domain.programmes import Every
from bot.domain.states import RelationshipState
from bot.sandbox.people import PersonSpec
from bot.store.tables import Agreement, Person, Relationship, Session, Tie, metadata
from tests.scenarios.acts import (
    THURSDAY,
    asks_flash,
    bot_messages,
    held,
    offers_to_mentor,
    scheduled,
)
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    LEADS,
    RUN,
    approves,
    makes_programme,
    mentees,
    mentors,
    partners,
    people,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import STAFF, Company
from tests.support.facts import Facts

SAID = ("My first lead role", "Say less", "I slept well after it", "Read the brief")


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    """Ada and Bruno among their colleagues, a lead, and the people of a programme."""
    return (*STAFF, *LEADS, *people("max", "ned"))


async def a_history(company: Company) -> None:
    """Ada and Bruno talked; she wrote an agenda, a next step, her thanks."""
    await scheduled(company)
    ada = company["ada"]
    await ada.clicks("Write the agenda")
    await ada.fills({"To talk about": SAID[0], "What you hope to leave with": SAID[1]}, submit=True)
    await company.settle()
    await company.until(THURSDAY + timedelta(minutes=45))
    for handle in ("ada", "bruno"):
        await company[handle].clicks("Yes", in_message="take place?")
    await company.settle()
    await ada.says(f"- {SAID[3]} by tomorrow")
    await company.settle()
    await company.let_pass(days=1)
    await ada.clicks("Say thanks", in_message="Would you like to say thanks")
    await ada.fills({"How did it help you?": SAID[2]}, submit=True)
    await company.settle()


async def and_months_after(company: Company) -> None:
    """They keep in touch, and go on formally; as the facts say, however it came about."""
    facts = Facts(company.bot.ctx.db, company.clock.now())
    ids = {row.slack_id: row.id for row in await _rows(company, Person)}
    ada, bruno = ids[company["ada"].id], ids[company["bruno"].id]
    programme = await facts.programme()
    now = company.clock.now()
    await facts.add(
        Tie(
            programme_id=programme.id,
            first_id=min(ada, bruno),
            second_id=max(ada, bruno),
            mentor_id=bruno,
            started_at=now,
        )
    )
    grown = await facts.add(
        Relationship(
            programme_id=programme.id,
            mentor_id=bruno,
            mentee_id=ada,
            state=RelationshipState.ACTIVE,
            version=1,
            began_at=now,
            started_on=now.date(),
        )
    )
    await facts.add(
        Agreement(
            relationship_id=grown.id,
            version=1,
            content={"objective": "Lead without shouting"},
            every=Every.MONTH,
            by_id=ada,
            made_at=now,
            mentor_signed_at=now,
            mentee_signed_at=now,
        )
    )


async def _rows(company: Company, table: type[SQLModel]) -> list[Any]:
    async with company.bot.ctx.db.read() as session:
        return list((await session.execute(select(table))).scalars())


async def everywhere(company: Company) -> str:
    """Every value in the database, with what is sealed opened."""
    found: list[str] = []
    async with company.bot.ctx.db.read() as session:
        for table in metadata.sorted_tables:
            rows = await session.execute(table.select())
            found += [str(value) for row in rows for value in row]
    return "\n".join(found)


async def forgets(company: Company, handle: str) -> None:
    """Somebody presses "Forget me" on Home, reads what goes, and says yes."""
    person = company[handle]
    await person.opens_home()
    await person.clicks("Forget me")
    await person.reads("It cannot be undone.", where="modal")
    await person.submits()
    await company.settle()


async def test_the_file_holds_all_of_it_in_words(company: Company) -> None:
    await a_history(company)
    await company.let_pass(days=1)
    ada, bruno = company["ada"], company["bruno"]
    await ada.types("/mentoring export")
    await ada.reads("The file comes to you in a direct message")
    await company.settle()
    (title,) = (await ada.reads("All that I hold about you, as a file", where="dm")).files
    mine = json.loads(ada.downloads(title))
    assert mine["you"]["name"] == "Ada Adeyemi"
    assert all(words in json.dumps(mine) for words in SAID)
    assert mine["sessions"][0]["starts"] == "Thursday 26 November 2026, 14:30 GMT"
    bruno.never_reads("All that I hold about you")
    await bruno.opens_home()
    await bruno.clicks("Send me my data")
    await company.settle()
    (title,) = (await bruno.reads("All that I hold about you, as a file", where="dm")).files
    his = json.loads(bruno.downloads(title))
    assert SAID[2] in json.dumps(his)  # the thanks he was given
    assert "private feedback you gave" not in his
    assert his["sessions"][0]["mentee"] == "Ada Adeyemi"
    await assert_all_said_once(company)


async def test_somebody_is_forgotten_after_months(company: Company) -> None:
    await a_history(company)
    await company.let_pass(days=20)
    await and_months_after(company)
    ada, bruno = company["ada"], company["bruno"]
    assert "Lead without shouting" in await everywhere(company)
    await forgets(company, "ada")
    await ada.reads("that one session took place", where="modal")
    await ada.closes()
    await ada.reads("It is done: I have forgotten you.", where="dm")
    assert set(bot_messages(company, "ada")) <= {
        *bot_messages(company, "ada", "This message is deleted."),
        *bot_messages(company, "ada", "It is done"),
        *[seen.text for seen in ada.screen("group")],
    }
    left = await everywhere(company)
    assert [words for words in (*SAID, "Lead without", "Ada", ada.id) if words in left] == []
    for words in SAID:
        bruno.never_reads(words)
    assert any("a former colleague" in text for text in bot_messages(company, "bruno"))
    bruno.never_reads("@Ada", where="dm")
    (session,) = await _rows(company, Session)
    assert session.held_at is not None
    await company.let_pass(days=2)
    assert not [job for job in left.splitlines() if job == ada.id]
    # And a year later nothing speaks to her.
    before = len(bot_messages(company, "ada"))
    await company.let_pass(days=120)
    assert len(bot_messages(company, "ada")) == before


@sqlite_only
async def test_coming_back_is_a_first_time(company: Company) -> None:
    await held(company)
    ada = company["ada"]
    await ada.types("/mentoring export")
    await company.settle()
    assert (await ada.reads("All that I hold about you, as a file", where="dm")).files
    await ada.opens_home()
    await ada.clicks("Forget me")
    await ada.reads("the files I sent you, which I delete in Slack too", where="modal")
    await ada.submits()
    await company.settle()
    left = [file["name"] for file in company.workspace.files.objects.values()]
    assert [name for name in left if "your-data" in name] == [], "deleted, and not only hidden"
    assert left, "the calendar's file is of both"
    await ada.closes()
    await ada.types("/mentoring sessions")
    await company.settle()
    ada.never_reads("Bruno", where="dm")
    await offers_to_mentor(company, "chen")
    await asks_flash(company, "ada", "Something new")
    await company.let_pass(days=4)  # chen hears of it in the morning of the next working day
    asked = await company["chen"].reads("Something new", where="dm")
    assert "@Ada Adeyemi" in asked.text
    assert len([row for row in await _rows(company, Person) if row.slack_id == ada.id]) == 1


@sqlite_only
async def test_the_partner_of_an_open_session_is_told_kindly(company: Company) -> None:
    await scheduled(company)
    await forgets(company, "ada")
    await company.settle()
    told = await company["bruno"].reads("Your partner no longer takes part", where="dm")
    assert "Ada" not in told.text
    await company["ada"].reads("what was open is settled".capitalize()[:8], where="dm")


@sqlite_only
async def test_in_the_middle_of_a_round(company: Company) -> None:
    await makes_programme(company, "ada", "max", "ned")
    several = {"As_a_mentor,_sessions_a_month_at_most": "3"}
    await mentors(company, ("max",), **several)
    await mentees(company, ("ada", "ned"))
    await company.until(RUN)
    await approves(company)
    assert partners(company, "ada") == {"Max"}
    await forgets(company, "ada")
    left = await everywhere(company)
    assert "Ada Adeyemi" not in left
    await company["max"].reads("Your partner no longer takes part", where="dm")
    await company.let_pass(days=8)  # the next round takes place without her
    assert "Ada Adeyemi" not in await everywhere(company)


@sqlite_only
async def test_who_leaves_the_company_is_forgotten_when_the_time_is_over(company: Company) -> None:
    await scheduled(company)
    company.workspace.deactivate("ada")
    await company.settle()
    await company["bruno"].reads("is no longer in the workspace", where="dm")
    await company.let_pass(days=89)
    assert "Ada Adeyemi" in await everywhere(company)
    await company.let_pass(days=3)
    left = await everywhere(company)
    assert [words for words in ("Ada Adeyemi", company["ada"].id) if words in left] == []


@sqlite_only
async def test_who_comes_back_in_time_is_not(company: Company) -> None:
    await held(company)
    company.workspace.deactivate("ada")
    await company.let_pass(days=30)
    company.workspace.reactivate("ada")
    await company.let_pass(days=100)
    assert "Ada Adeyemi" in await everywhere(company)
