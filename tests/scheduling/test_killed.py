"""A process is killed while Slack has its message, and another one takes over."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.services.library import Library
from bot.slack.gateway import Gateway, new_client
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.tables import Job
from tests.scheduling.slack_server import SlackServer
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.words import PlainWords


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer()
    await server.start()
    yield server
    await server.stop()


async def killed_in_mid_delivery(url: str, key: str, slack: SlackServer) -> str:
    """Run a process until Slack has its first message, kill it, and return its name."""
    environment = {
        **os.environ,
        "LANTERN_DATABASE_URL": url,
        "LANTERN_SECRET_KEYS": key,
        "SLACK_API_URL": slack.url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.scheduling.process", env=environment
    )
    try:
        await asyncio.wait_for(slack.arrived.wait(), 60)
    finally:
        process.kill()
        await process.wait()
    return f"process-{process.pid}"


async def test_another_process_adopts_what_a_killed_one_had_said(
    database_url: str, slack: SlackServer, library: Library
) -> None:
    key, now = new_key(), datetime.now(UTC)
    db = Database.open(database_url, Keyring([key]))
    facts = Facts(db, now)
    planned = await facts.job(
        JobKind.PLAIN_ANSWER, recipient=await facts.person(), note="hello", due_at=now
    )
    await db.close()

    slack.mute = True
    killed = await killed_in_mid_delivery(database_url, key, slack)
    slack.mute = False

    db = Database.open(database_url, Keyring([key]))
    facts, clock = Facts(db, now), HandClock(datetime.now(UTC))
    ctx = Context(db=db, clock=clock, library=library, chance=Random(1))
    gateway = Gateway(new_client("xoxb-test", slack.url))
    clockwork = Clockwork(Desk(ctx, gateway, PlainWords(), me="another"), patience=0)
    try:
        left = await facts.one(Job, planned.id)
        assert (left.state, left.leased_by) == (JobState.PENDING, killed)
        await clockwork.wake()
        assert (await facts.one(Job, planned.id)).leased_by == killed  # it might still be alive
        clock.let_pass(LEASE_FOR)
        await clockwork.wake()
        row = await facts.one(Job, planned.id)
        assert (row.state, row.slack_ts) == (JobState.DONE, slack.posted[0]["ts"])
        assert len(slack.posted) == 1
    finally:
        await db.close()
