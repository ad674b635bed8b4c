"""The database locked by somebody else for a while: what was typed survives, and then all works.

SQLite only: it has one writer; PostgreSQL waits for a row, not for the whole.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.store.engine import sqlite_file
from tests.scenarios.acts import asks_flash, bot_messages, offers_to_mentor, paired
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

pytestmark = [sqlite_only, pytest.mark.usefixtures("impatient", "company")]


@pytest.fixture(params=["the database says no", "Slack would not wait"])
def impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is waited for briefly; or for long, but then Slack's three seconds run out first."""
    if request.param == "Slack would not wait":
        monkeypatch.setattr("bot.handlers.inbound.middleware.ANSWER_WITHIN", 0.2)
    else:
        monkeypatch.setattr("bot.store.engine.SQLITE_BUSY_MS", 100)


@contextmanager
def locked(company: Company) -> Iterator[None]:
    """Another connection holds the one write lock."""
    path = sqlite_file(company.settings.database_url.get_secret_value())
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_modal_stays_open_with_what_was_typed(company: Company) -> None:
    ada = company["ada"]
    await offers_to_mentor(company, "bruno")
    await ada.types("/mentoring help")
    await ada.types("/mentoring flash")
    await ada.fills({"What is it about?": "Locked", "What do you hope to leave with?": "A key"})
    with locked(company):
        await ada.submits()
        assert "What you wrote is still here" in ada.errors["What is it about?"]
        assert ada.modal is not None
        assert ada.modal.values["What do you hope to leave with?"] == "A key"
    await company.settle()
    await ada.submits()
    await company.settle()
    ada.never_reads("What you wrote is still here")
    assert len(bot_messages(company, "bruno", "Locked")) == 1
    await assert_all_said_once(company)


async def test_a_click_is_answered_and_works_afterwards(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    with locked(company):
        await company["bruno"].clicks("I can help")
        await company["bruno"].reads("please try again in a minute", where="dm")
    await company.settle()
    if bot_messages(company, "bruno", "would like to talk with you"):
        await company["bruno"].clicks("I can help")
        await company.settle()
    assert len(bot_messages(company, "ada", "You have a flash session together")) == 1
    await assert_all_said_once(company)


async def test_words_are_taken_when_slack_brings_them_again(company: Company) -> None:
    await paired(company)
    company.workspace.ack_limit = 0.3
    with locked(company):
        await company["ada"].says("How to begin")
    company.workspace.ack_limit = 3.0
    await company.let_pass(minutes=10)
    card = await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert card.text.count("How to begin") == 1
    assert len(bot_messages(company, "ada", "Thank you, this is your agenda.")) == 1
    await assert_all_said_once(company)


async def test_somebody_new_is_told_to_try_again(company: Company) -> None:
    with locked(company):
        await company["dara"].types("/mentoring flash")
        await company["dara"].reads("please try again in a minute")
    await company.settle()
    await company["dara"].types("/mentoring flash")
    assert company["dara"].modal is not None


async def test_what_falls_due_meanwhile_is_said_afterwards(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    with locked(company):
        await company.bot.clockwork.tick()
    await company.let_pass(days=1)
    await company["bruno"].reads("A small reminder")
    await assert_all_said_once(company)
