"""PostgreSQL goes away in the middle of the day, and comes back: people hear "not now", the clock
ticks on, whoever watches is told, and nothing is lost or said twice."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.store.crypto import Keyring, new_key
from tests.scenarios.acts import accepts, asks_flash, bot_messages, offers_to_mentor
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company
from tests.support.company import company as running_company
from tests.support.databases import build
from tests.support.postgres import Server, Unsteady

BEYOND = timedelta(hours=2)  # every lease and every back-off

pytestmark = pytest.mark.postgresql


@pytest.fixture
def unsteady(postgres: Server) -> Iterator[Unsteady]:
    """A server of this test's own; `postgres` says whether there can be one."""
    made = Unsteady()
    yield made
    made.close()


@pytest.fixture
async def company(tmp_path: Path, unsteady: Unsteady) -> AsyncIterator[Company]:
    key = new_key()
    unsteady.server.execute("CREATE DATABASE lantern")
    url = unsteady.server.url("lantern")
    await build(url, Keyring([key]))
    async with running_company(tmp_path, database_url=url, keys=key) as running:
        yield running


async def readyz(company: Company) -> tuple[int, list[str]]:
    async with TestClient(TestServer(company.bot.web_app())) as client:
        answer = await client.get("/readyz")
        return answer.status, (await answer.json())["problems"]


async def test_gone_and_back(company: Company, unsteady: Unsteady) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    assert await readyz(company) == (200, [])

    unsteady.go()
    await company["bruno"].clicks("I can help")
    await company["bruno"].reads("please try again in a minute", where="dm")
    await company["ada"].types("/mentoring sessions")
    await company["ada"].reads("please try again in a minute")
    await company.bot.clockwork.tick()
    assert await readyz(company) == (503, ["the database does not answer"])

    unsteady.come_back()
    await company.settle()
    assert await readyz(company) == (200, [])
    await accepts(company, "bruno")
    for handle in ("ada", "bruno"):
        assert len(bot_messages(company, handle, "You have a flash session together")) == 1
    await company.let_pass(days=2)
    await assert_all_said_once(company)


async def test_gone_while_slack_has_the_message(company: Company, unsteady: Unsteady) -> None:
    """What was posted can't be written down: it is found again, and not said again."""
    await offers_to_mentor(company, "bruno")
    company.workspace.faults.add("chat.postMessage", "500", times=1000)
    await company["ada"].types("/mentoring flash")
    await company["ada"].fills(
        {"What is it about?": "Gone", "What do you hope to leave with?": "Back"}, submit=True
    )
    await company.bot.idle()
    company.workspace.faults.clear()

    def go(_call: object) -> bool:
        unsteady.go()
        return True

    company.workspace.faults.add("chat.postMessage", "timeout_after_effect", match=go)
    await company.bot.clockwork.tick()
    company.clock.let_pass(BEYOND)
    await company.bot.clockwork.tick()
    unsteady.come_back()
    await company.settle()
    await company.let_pass(minutes=30)
    await assert_all_said_once(company)
    assert len(bot_messages(company, "bruno", "Gone")) == 1
