"""A desk whose Slack only records, and Bolt around one handler."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.handlers.bolt import make_bolt
from bot.handlers.desk import Desk
from bot.services.context import Context
from bot.services.library import Library
from bot.slack.gateway import Opened
from bot.slack.message import Json
from bot.slack.people import SlackUser
from bot.slack.templates import Templates
from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.gateway import RecordingGateway
from tests.support.unhurried import unhurried

__all__ = ["unhurried"]

TEAM, BOT, SECRET = "T0LANTERN", "U0BOT", "secret"


@dataclass(slots=True)
class Line(RecordingGateway):
    """Slack's part for handlers: people to look up, views that open, a Home that is drawn."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: list[Json] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: Exception | None = None

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

    async def publish_home(self, user_id: str, view: Json) -> None:
        self.homes.append(user_id)


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


def form(body: dict[str, Any]) -> AsyncBoltRequest:
    """A signed command."""
    return _signed(urlencode(body), "application/x-www-form-urlencoded")


def interaction(payload: dict[str, Any]) -> AsyncBoltRequest:
    """A signed click or submission."""
    return form({"payload": json.dumps(payload)})


def event(body: dict[str, Any], *, retry: int = 0) -> AsyncBoltRequest:
    """A signed event."""
    return _signed(json.dumps(body), "application/json", retry)


def _signed(raw: str, kind: str, retry: int = 0) -> AsyncBoltRequest:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=raw)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [kind],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    if retry:
        headers["x-slack-retry-num"] = [str(retry)]
    return AsyncBoltRequest(body=raw, headers=headers)


def command(text: str = "", user: str = "UADA", **more: Any) -> AsyncBoltRequest:
    """`/mentoring text`."""
    body = {
        "command": "/mentoring",
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "trigger_id": "1.2.a",
        "channel_id": "D1",
    }
    return form(body | more)


def click(action: str, value: str = "1", user: str = "UADA", **more: Any) -> AsyncBoltRequest:
    """A button in a message."""
    payload = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": "1.2.b",
        "actions": [
            {"type": "button", "action_id": action, "block_id": "b", "value": value}
            | more.pop("element", {})
        ],
    }
    return interaction(payload | more)


def submission(
    callback: str,
    values: dict[str, Any] | None = None,
    *,
    blocks: tuple[str, ...] = ("topic", "hoped_for"),
    user: str = "UADA",
    **metadata: Any,
) -> AsyncBoltRequest:
    """A submitted modal with these inputs."""
    inputs = [{"type": "input", "block_id": block} for block in blocks]
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": json.dumps({"token": "abc", **metadata}),
        "blocks": [{"type": "section", "block_id": "s"}, *inputs],
        "state": {"values": values or {}},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "view": view,
    }
    return interaction(payload)


def happening(what: dict[str, Any], event_id: str = "Ev1", retry: int = 0) -> AsyncBoltRequest:
    """An event of the Events API."""
    body = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": what}
    return event(body, retry=retry)


def said(text: str = "Hello", user: str = "UADA", **more: Any) -> dict[str, Any]:
    """A message in the DM."""
    base = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.2"}
    return base | {"user": user, "text": text} | more


def body_of(response: BoltResponse) -> dict[str, Any]:
    """The JSON of an answer; empty for a bare acknowledgement."""
    return dict(json.loads(response.body)) if response.body else {}
