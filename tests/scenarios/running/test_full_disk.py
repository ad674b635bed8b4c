"""A full disk: people are told "not now" and lose nothing, and all goes on when there is room."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection

from bot.domain.states import RequestState
from bot.sandbox.screen.person import Person
from bot.store import tables
from tests.scenarios.acts import bot_messages, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company
from tests.support.facts import Facts

FULL = "there is no room left to write to the database"
ASKED = {"What is it about?": "Is typography for me?", "What do you hope to leave with?": "A plan"}


@contextmanager
def _no_more_pages(company: Company) -> Iterator[None]:
    """The file may not grow by a page, as on a disk without room."""
    engine = company.bot.ctx.db.engine.sync_engine

    def limit(connection: Connection) -> None:
        if not connection.get_execution_options().get("lantern_read", False):
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages if full else 2**30}")

    full = True
    event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        full = False


@contextmanager
def _nothing_is_written(company: Company) -> Iterator[None]:
    """Not even what would fit where something was before: so it is beside a full log."""
    engine = company.bot.ctx.db.engine.sync_engine

    def refuse(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if re.search(r"\b(INSERT INTO|UPDATE|DELETE FROM)\b", statement):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            error.sqlite_errorname = "SQLITE_FULL"
            raise error

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def _is_open(person: Person) -> bool:
    return person.modal is not None


async def _fill_the_last_page(company: Company) -> None:
    """The next request needs a page of its own: this one leaves no room beside it."""
    facts = Facts(company.bot.ctx.db)
    (somebody, *_) = await facts.all(tables.Person)
    await facts.request(somebody, topic="x" * 2700, state=RequestState.WITHDRAWN)


@sqlite_only
async def test_a_form_waits_for_room(company: Company) -> None:
    ada = company["ada"]
    await offers_to_mentor(company, "bruno")
    await _fill_the_last_page(company)
    await ada.types("/mentoring flash")
    with _no_more_pages(company):
        await ada.fills(ASKED, submit=True)
        assert "try" in str(ada.errors)
        assert _is_open(ada)
        assert FULL in await company.bot.problems()
        await company.settle()
    await ada.submits()
    await company.settle()
    assert not _is_open(ada)
    assert len(bot_messages(company, "bruno", "I can help")) == 1
    assert await company.bot.problems() == []
    await assert_all_said_once(company)


@sqlite_only
async def test_words_and_commands_are_told_not_now(company: Company) -> None:
    ada = company["ada"]
    with _nothing_is_written(company):
        await ada.types("/mentoring pause")
        await company.workspace.delivery.idle()
        assert FULL in await company.bot.problems()
    (said,) = [text for text in ada.screen() if "in a minute" in str(text)]
    assert said


@sqlite_only
async def test_the_clock_goes_on_and_says_it_later(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await company["ada"].types("/mentoring flash")
    await company["ada"].fills(ASKED, submit=True)
    await company.settle()
    before = len(company.calls("chat.postMessage"))
    with _nothing_is_written(company):
        await company.let_pass(days=1, hours=1)
        assert len(company.calls("chat.postMessage")) == before
        assert FULL in await company.bot.problems()
    company.clock.let_pass(timedelta(minutes=3))  # a lease that was taken, and given back nowhere
    await company.settle()
    assert len(bot_messages(company, "bruno", "A small reminder")) == 1
    await assert_all_said_once(company)
