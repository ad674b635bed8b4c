"""A desk whose Slack only records, and Bolt with every listener."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.handlers.bolt import make_bolt
from bot.handlers.desk import Desk
from bot.services.context import Context
from bot.services.library import Library
from bot.slack.errors import Permanent
from bot.slack.gateway import Opened
from bot.slack.listing import SlackChannel
from bot.slack.message import Json, Message
from bot.slack.people import SlackUser
from bot.slack.templates import Templates
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.tables import Job, Person
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.unhurried import unhurried
from tests.unit.handlers.inbound import BOT, SECRET, TEAM

__all__ = ["unhurried"]


@dataclass(slots=True)
class Line(RecordingGateway):
    """Slack's part for handlers: people to look up, views that open, a Home that is drawn."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: list[Json] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    drawn: list[Json] = field(default_factory=list)  # what each Home showed
    asked: list[str] = field(default_factory=list)
    whispers: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    broken: Exception | None = None
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)  # what is not as usual
    hidden: set[str] = field(default_factory=set)  # private channels without Lantern
    pushed: list[Json] = field(default_factory=list)
    redrawn: list[tuple[str, Json]] = field(default_factory=list)

    async def user(self, user_id: str) -> SlackUser:
        self.asked.append(user_id)
        if self.broken is not None:
            raise self.broken
        facts: dict[str, Any] = {
            "id": user_id,
            "team_id": TEAM,
            "name": user_id.title(),
            "tz": "Europe/London",
            "locale": "en-GB",
            "title": "",
            "deleted": False,
            "is_bot": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_stranger": False,
        }
        return SlackUser(**facts | self.people.get(user_id, {}))

    async def open_view(self, trigger_id: str, view: Json) -> Opened:
        if self.broken is not None:
            raise self.broken
        self.views.append(view)
        return Opened("V1", "h1")

    async def ephemeral(
        self, channel: str, user: str, message: Message, *, thread_ts: str | None = None
    ) -> None:
        if self.broken is not None:
            raise self.broken
        self.whispers.append((channel, user, message.text, thread_ts))

    async def push_view(self, trigger_id: str, view: Json) -> Opened:
        self.pushed.append(view)
        return Opened("V3", "h3")

    async def update_view(self, view_id: str, hash: str | None, view: Json) -> Opened:
        self.redrawn.append((view_id, view))
        return Opened(view_id, "h2")

    async def channel(self, channel: str) -> SlackChannel:
        if channel in self.hidden:
            raise Permanent("channel_not_found")
        facts: dict[str, Any] = {
            "id": channel,
            "name": "mentoring-circle",
            "creator": "UADA",
            "is_archived": False,
            "is_member": True,
            "is_direct": False,
        }
        return SlackChannel(**facts | self.channels.get(channel, {}))

    async def publish_home(self, user_id: str, view: Json) -> None:
        self.homes.append(user_id)
        self.drawn.append(view)


@pytest.fixture
async def ctx(
    sqlite_template: Path, tmp_path: Path, keyring: Keyring, library: Library
) -> AsyncIterator[Context]:
    """A context on SQLite: what handlers do is the same on every engine."""
    database = Database.open(databases.sqlite_copy(sqlite_template, tmp_path), keyring)
    yield Context(db=database, clock=HandClock(), library=library, chance=Random(7))
    await database.close()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def desk(ctx: Context, line: Line) -> AsyncIterator[Desk]:
    made = Desk(ctx, line, Templates(), TEAM, BOT, "Acme")  # type: ignore[arg-type]
    yield made
    await made.flight.drain(5)


@pytest.fixture
def bolt(desk: Desk) -> AsyncApp:
    """The Bolt application as it runs, with every listener."""
    return make_bolt(desk, signing_secret=SECRET, api_url="http://127.0.0.1:9/api/")


@pytest.fixture
def facts(desk: Desk) -> Facts:
    return Facts(desk.ctx.db)


@pytest.fixture
async def pair(facts: Facts) -> tuple[Person, Person]:
    """A mentor, and the mentee who is behind every request of these files."""
    mentor = await facts.mentor(slack_id="UMENTOR")
    return mentor, await facts.person(slack_id="UADA")


async def notes(facts: Facts) -> list[str | None]:
    """The sentences that are to be said in a DM, by their keys."""
    return [job.note for job in await facts.all(Job) if job.kind is JobKind.PLAIN_ANSWER]
