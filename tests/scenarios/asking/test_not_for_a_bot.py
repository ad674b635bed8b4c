"""What is about harassment, health or safety: contacts, and nothing kept but a count (1.8)."""

import pytest
from sqlmodel import SQLModel, select

from bot.store.tables import Job, Request, Tally
from tests.scenarios.acts import bot_messages
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

QUIET = "This is about harassment, health or safety"
SECRET = "What my manager does after meetings"
TOPICS = {
    "/mentoring taster": "What would you like to talk about?",
    "/mentoring flash": "What is it about?",
    "/mentoring spot": "Advice on what?",
}


async def rows(company: Company, table: type[SQLModel]) -> list[SQLModel]:
    async with company.bot.ctx.db.read() as session:
        return list((await session.scalars(select(table))).all())


@sqlite_only
@pytest.mark.parametrize(("command", "topic"), TOPICS.items())
async def test_contacts_come_and_the_words_go(
    company: Company, command: str, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    ada = company["ada"]
    await ada.types(command)
    await ada.fills({topic: SECRET})
    await ada.clicks(QUIET)
    await company.settle()
    modal = ada.modal
    assert modal is not None
    assert "The helpline, 555 0100" in modal.text
    assert "nothing of this is kept but a count" in modal.text
    assert modal.submit in ("", None)
    await ada.closes()
    await company.settle()
    (tally,) = await rows(company, Tally)
    assert isinstance(tally, Tally)
    assert (tally.what, tally.count) == ("not_for_a_bot", 1)
    assert await rows(company, Request) == []
    assert await rows(company, Job) == []
    assert bot_messages(company, "ada") == []
    assert SECRET not in caplog.text


@sqlite_only
async def test_they_are_counted_together(company: Company) -> None:
    for who in ("ada", "bruno"):
        await company[who].types("/mentoring flash")
        await company[who].clicks(QUIET)
        await company.settle()
    (tally,) = await rows(company, Tally)
    assert isinstance(tally, Tally)
    assert tally.count == 2
