"""A connection goes while something is answered: it is done once, and told once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.bolt import Bolt
from bot.handlers.connection import UnderWay
from bot.handlers.inbound.repeats import Repeats
from tests.scenarios.acts import bot_messages, offers_to_mentor, paired
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company
from tests.support.company import company as running_company

ASKED = {"What is it about?": "Anvils", "What do you hope to leave with?": "A hammer"}
pytestmark = sqlite_only  # what happens to a line does not depend on the database


class Hand:
    """Holds back what is ready to be acknowledged, until it is let go."""

    def __init__(self) -> None:
        self.holds = False
        self.ready = asyncio.Event()
        self.let_go = asyncio.Event()

    def hold(self) -> None:
        self.holds = True
        self.ready.clear()
        self.let_go.clear()

    async def pass_on(self) -> None:
        if self.holds:
            self.ready.set()
            await self.let_go.wait()

    def free(self) -> None:
        self.holds = False
        self.let_go.set()


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made, answer = Hand(), Bolt.async_dispatch

    async def held(bolt: Bolt, req: Any) -> Any:
        response = await answer(bolt, req)
        await made.pass_on()
        return response

    monkeypatch.setattr(Bolt, "async_dispatch", held)
    return made


@pytest.fixture
async def company(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Company]:
    monkeypatch.setattr("tests.support.company.PING_EVERY", 0.5)
    async with running_company(tmp_path, database_url=database_url) as company:
        company.server.socket.brings_again = True
        yield company


def beside(company: Company, handle: str) -> list[str]:
    """What somebody was told for themselves alone, by Lantern or by Slack for it."""
    return [str(seen) for seen in company[handle].screen() if "only visible to you" in str(seen)]


def loud(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error, or with a stack."""
    found = [r for r in caplog.records if r.levelno >= logging.ERROR or r.exc_info]
    return [record.getMessage() for record in found]


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when the bot would leave a connection."""
    seen, land = asyncio.Event(), UnderWay.land

    async def watched(under_way: UnderWay, within: float) -> None:
        seen.set()
        await land(under_way, within)

    monkeypatch.setattr(UnderWay, "land", watched)
    return seen


async def test_slack_asks_for_another_connection_while_something_is_answered(
    company: Company, hand: Hand, leaving: asyncio.Event, caplog: pytest.LogCaptureFixture
) -> None:
    """It is answered where it came from, before the bot leaves."""
    company.server.socket.brings_again = False
    hand.hold()
    typing = asyncio.create_task(company["ada"].types("/mentoring help"))
    async with asyncio.timeout(10):
        await hand.ready.wait()
    await company.server.refresh_sockets()
    async with asyncio.timeout(10):
        await leaving.wait()
    hand.free()
    await typing
    await company["ada"].reads("/mentoring taster")
    company["ada"].never_reads("failed with the error")
    company.server.socket.brings_again = True  # the old line may still be closing
    await company["ada"].types("/mentoring sessions")
    await company["ada"].reads("Nothing is open for you")
    assert loud(caplog) == []


async def lost(company: Company, hand: Hand, doing: "asyncio.Task[Any]") -> None:
    """The connection is lost while the answer is ready, and the bot has none for a while."""
    async with asyncio.timeout(10):
        await hand.ready.wait()
    company.workspace.faults.add("apps.connections.open", "500", times=2)
    await company.server.drop_sockets()
    hand.free()
    await doing
    await company.settle()


async def test_a_command_that_comes_again_is_answered_once(
    company: Company, hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    hand.hold()
    await lost(company, hand, asyncio.create_task(company["ada"].types("/mentoring help")))
    (told,) = beside(company, "ada")
    assert "/mentoring taster" in told
    assert [each for each in loud(caplog) if "listener" in each] == []


async def test_a_modal_opens_once(company: Company, hand: Hand) -> None:
    ada = company["ada"]
    hand.hold()
    await lost(company, hand, asyncio.create_task(ada.types("/mentoring flash")))
    assert len(company.workspace.modals[ada.id]) == 1
    assert len(company.calls("views.open")) == 1
    assert beside(company, "ada") == []  # the form is the answer


async def test_what_is_taken_back_is_taken_back_once_and_told_once(
    company: Company, hand: Hand
) -> None:
    ada = company["ada"]
    await ada.types("/mentoring flash")
    await ada.fills(ASKED, submit=True)
    await company.settle()
    hand.hold()
    await lost(company, hand, asyncio.create_task(ada.types("/mentoring withdraw")))
    assert len(beside(company, "ada")) == 1
    assert "Your request is taken back: Anvils" in beside(company, "ada")[0]
    await assert_all_said_once(company)


async def test_a_form_that_comes_again_counts_once(company: Company, hand: Hand) -> None:
    await offers_to_mentor(company, "bruno")
    ada = company["ada"]
    await ada.types("/mentoring flash")
    await ada.fills(ASKED)
    hand.hold()
    await lost(company, hand, asyncio.create_task(ada.submits()))
    assert ada.modal is None
    assert len(bot_messages(company, "bruno", "Anvils")) == 1
    await assert_all_said_once(company)


async def test_a_click_that_comes_again_counts_once(company: Company, hand: Hand) -> None:
    await offers_to_mentor(company, "bruno")
    await company["ada"].types("/mentoring flash")
    await company["ada"].fills(ASKED, submit=True)
    await company.settle()
    hand.hold()
    await lost(company, hand, asyncio.create_task(company["bruno"].clicks("I can help")))
    assert len(bot_messages(company, "bruno", "You said yes")) == 1
    assert len(bot_messages(company, "ada", "You have a flash session together")) == 1
    await assert_all_said_once(company)


async def test_words_that_come_again_are_taken_once(company: Company, hand: Hand) -> None:
    await paired(company)
    hand.hold()
    await lost(company, hand, asyncio.create_task(company["ada"].says("How to begin")))
    assert len(bot_messages(company, "ada", "Thank you, this is your agenda.")) == 1
    await assert_all_said_once(company)


async def test_another_process_that_knows_nothing_of_it(
    company: Company, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered is forgotten; what was done is not done again, and one answer is read."""
    monkeypatch.setattr(Repeats, "answering", lambda _self, _key, begin: (begin(), False))
    ada = company["ada"]
    hand.hold()
    await lost(company, hand, asyncio.create_task(ada.types("/mentoring flash")))
    assert len(company.workspace.modals[ada.id]) == 1
    assert beside(company, "ada") == []  # the form is the answer
    await ada.closes()
    hand.hold()
    await lost(company, hand, asyncio.create_task(ada.types("/mentoring export")))
    (told,) = beside(company, "ada")
    assert "This reached me twice. I did it once, and it is done." in told
    assert len(company.calls("files.completeUploadExternal")) == 1
    await assert_all_said_once(company)


async def test_an_address_that_is_spent_is_not_asked_for_ever(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.connection.ADDRESS_LASTS", 1.0)
    company.server.socket.turns_away = 1
    await company.server.drop_sockets()
    await company.server.wait_connected(30)
    await company["ada"].types("/mentoring help")
    await company["ada"].reads("/mentoring taster")
