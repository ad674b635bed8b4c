"""Whoever watches: health, numbers and logs of a company at work, and not a word of its people."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot.scheduling.failing import VOID_FOR
from bot.store.engine import Database
from tests.scenarios.acts import accepts, asks_taster, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company
from tests.support.logged import logged

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that is logged, at the most talkative level."""
    with logged() as log:
        yield log.lines


@pytest.fixture
async def watcher(company: Company) -> AsyncIterator[TestClient[Any, Any]]:
    """Somebody who looks at the health port."""
    async with TestClient(TestServer(company.bot.health_app())) as client:
        yield client


def _samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def _a_taster(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", "Is typography for me?", "A secret ambition")
    await company.settle()
    await accepts(company, "bruno")


async def test_numbers_of_a_day(company: Company, watcher: TestClient[Any, Any]) -> None:
    await _a_taster(company)
    page = await (await watcher.get("/metrics")).text()
    found = _samples(page)

    def count(name: str, **labels: str) -> float:
        return found[name, tuple(sorted(labels.items()))]

    assert count("lantern_jobs_total", kind="introduction", outcome="said") == 1
    assert count("lantern_matches", made_by="request") == 1
    assert count("lantern_sessions", state="matched") == 1
    assert count("lantern_backlog_jobs", state="due") == 0
    assert count("lantern_backlog_jobs", state="waiting") > 0
    assert count("lantern_backlog_oldest_seconds") == 0
    assert count("lantern_answer_seconds_count", way="command", outcome="done") >= 2
    posted = len(company.calls("chat.postMessage"))
    calls = count("lantern_slack_call_seconds_count", method="chat.postMessage", outcome="ok")
    assert calls == posted > 0
    assert 0 <= count("lantern_tick_age_seconds") < 60
    assert count("lantern_database_unread") == 0
    assert "typography" not in page
    for handle in ("ada", "bruno"):
        assert company[handle].id not in page
    assert company.workspace.team_id not in page


@sqlite_only
async def test_ready_until_it_stops(company: Company, watcher: TestClient[Any, Any]) -> None:
    await company.settle()
    assert (await watcher.get("/livez")).status == 200
    answer = await watcher.get("/readyz")
    assert await answer.json() == {"ready": True, "problems": []}
    assert (await watcher.post("/slack/events")).status == 404
    await company.stop()
    answer = await watcher.get("/readyz")
    assert (answer.status, (await answer.json())["problems"]) == (503, ["not started"])


@sqlite_only
async def test_not_ready_while_slack_refuses_the_token(
    company: Company, watcher: TestClient[Any, Any], lines: Lines
) -> None:
    """What is due by then waits for another token, and is no failure."""
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", "Is typography for me?", "A secret ambition")
    await company.settle()
    await company["bruno"].reads("Is typography for me?")
    company.workspace.installed = False
    asked_at = company.clock.now()
    while not (await (await watcher.get("/readyz")).json())["problems"]:
        await company.until(company.clock.now() + timedelta(hours=6))
        assert company.clock.now() < asked_at + timedelta(days=5)
    refused = ["Slack refuses the bot token (account_inactive)"]
    assert (await (await watcher.get("/readyz")).json())["problems"] == refused
    assert len([line for line in lines() if line["event"] == "token_refused"]) == 1
    assert not [line for line in lines() if line["event"] == "job_dead"]
    company.workspace.installed = True
    company.clock.let_pass(VOID_FOR)
    await company.until(company.clock.now() + timedelta(hours=1))
    assert (await (await watcher.get("/readyz")).json())["problems"] == []


@sqlite_only
async def test_not_ready_while_the_database_hangs(
    company: Company, watcher: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def hangs(_: Database) -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr("bot.ops.readiness.DATABASE_WITHIN", 0.01)
    monkeypatch.setattr(Database, "read", hangs)
    async with asyncio.timeout(20):
        answer = await watcher.get("/readyz")
    assert "the database does not answer" in (await answer.json())["problems"]


@sqlite_only
async def test_the_public_port_has_no_numbers_when_another_has(company: Company) -> None:
    for metrics, status in ((True, 200), (False, 404)):
        served = TestServer(company.bot.web_app(metrics=metrics))
        async with TestClient(served) as client:
            assert (await client.get("/metrics")).status == status
            assert (await client.get("/livez")).status == 200


@sqlite_only
async def test_not_ready_while_slack_is_silent(
    company: Company, watcher: TestClient[Any, Any]
) -> None:
    for _ in range(3):
        company.bot.metrics.called("chat.postMessage", "unavailable", 10.0)
    company.bot.client.base_url, there = "http://127.0.0.1:9/api/", company.bot.client.base_url
    assert "Slack does not answer" in (await (await watcher.get("/readyz")).json())["problems"]
    company.bot.client.base_url = there
    company.bot.pulse._asked_at -= 3600
    assert (await (await watcher.get("/readyz")).json())["problems"] == []


async def test_one_reference_from_the_click_to_what_is_said(company: Company, lines: Lines) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", "Is typography for me?", "A secret ambition")
    await company.settle()
    logged = lines()
    submitted = [
        line for line in logged if line["event"] == "answered" and line["way"] == "submission"
    ]
    asked = submitted[-1]["reference"]
    of_it = [line for line in logged if line.get("reference") == asked]
    said = [line for line in of_it if line["event"] == "job_said"]
    assert {line["kind"] for line in said} >= {"request_receipt", "offer"}
    posts = [line for line in of_it if line.get("method") == "chat.postMessage"]
    assert {line["job"] for line in said} == {line["job"] for line in posts}
    every = [line["reference"] for line in logged if line["event"] == "answered"]
    assert len(set(every)) == len(every)
