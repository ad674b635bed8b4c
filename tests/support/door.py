"""Lantern's front door for tests of who may do what: the real Bolt, the real gateway, one database.

What comes in goes through everything it goes through in production but the network.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.handlers.bolt import make_bolt
from bot.handlers.desk import Desk
from bot.handlers.inbound import middleware, repeats
from bot.handlers.inbound.ways import Inbound, Way
from bot.services.context import Context
from bot.services.library import Library
from bot.slack.gateway import Gateway
from bot.slack.message import Json
from bot.slack.templates import Templates
from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.support.clock import HandClock
from tests.support.signing import SECRET, signed_body
from tests.support.tape import Call, People, Tape
from tests.support.who import CHANNEL, Who

TEAM: Final = "T0LANTERN"
FAR_TEAM: Final = "T0FARAWAY"
BOT_USER: Final = "U0LANTERN"


_QUIET: Final = {"Unanswered", "AlreadyDone"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one inbound thing. `errors`: keys of refusals, and the types of faults."""

    status: int
    body: Json
    calls: tuple[Call, ...]
    errors: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """What went wrong, which nothing should."""
        return [each for each in self.errors if each[0].isupper() and each not in _QUIET]

    @property
    def views(self) -> list[Json]:
        """The modals that it opened, put on top or drew anew."""
        drawn = [
            call.args["view"]
            for call in self.calls
            if call.method in ("views.open", "views.push", "views.update")
        ]
        mine = [self.body["view"]] if "view" in self.body else []
        return [json.loads(each) if isinstance(each, str) else each for each in [*drawn, *mine]]

    def text(self) -> str:
        """All that anybody could read of it."""
        return json.dumps([self.body, [call.args for call in self.calls]], ensure_ascii=False)


@dataclass
class Door:
    """Where things come in, with what stands behind it."""

    desk: Desk
    bolt: AsyncApp
    tape: Tape
    errors: list[str] = field(default_factory=list)

    async def comes_in(self, body: Json) -> Outcome:
        """What came of a command's form or of an interaction, signed as Slack signs it."""
        return await self.send(signed_body(body))

    async def send(self, request: AsyncBoltRequest | None) -> Outcome:
        """What came of it, once nothing that it set off is under way."""
        self.tape.take()
        self.errors.clear()
        if request is None:
            return Outcome(400, {}, (), ())
        response = await self.bolt.async_dispatch(request)
        await self.desk.flight.idle()
        body = json.loads(response.body) if response.body.startswith("{") else {}
        return Outcome(response.status, body, tuple(self.tape.take()), tuple(self.errors))


def slack_people() -> People:
    """What Slack says of the people of the world."""
    outside = {"team_id": FAR_TEAM, "is_stranger": True}
    special: dict[str, dict[str, Any]] = {
        Who.GUEST.slack_id: {"is_restricted": True},
        Who.DEACTIVATED.slack_id: {"deleted": True},
        Who.BOT.slack_id: {"is_bot": True},
        Who.ADMIN.slack_id: {"is_admin": True},
        Who.OUTSIDER.slack_id: outside,
    }
    return People(TEAM, special)


@contextmanager
def open_door(
    url: str, keyring: Keyring, library: Library, clock: HandClock | None = None
) -> Iterator[Door]:
    """A door on this database. Whoever uses it closes the database (`door.desk.ctx.db`)."""
    context = Context(
        db=Database.open(url, keyring),
        clock=clock or HandClock(),
        library=library,
        chance=Random(7),
        contacts="The helpline",
    )
    tape = Tape(slack_people())
    tape.creators[CHANNEL] = Who.LEAD.slack_id
    desk = Desk(context, Gateway(tape), Templates(), TEAM, BOT_USER, "Acme")
    bolt = make_bolt(desk, signing_secret=SECRET, api_url="http://127.0.0.1:9/api/")
    door = Door(desk, bolt, tape)
    with watched(door.errors):
        yield door


@contextmanager
def watched(errors: list[str]) -> Iterator[None]:
    """Keep what listeners refuse, by key, and what went wrong in them, by its type."""
    amends = middleware._amends

    async def amends_seen(inbound: Inbound, way: Way, error: Exception, who: int | None) -> Any:
        errors.append(str(getattr(error, "key", type(error).__name__)))
        return await amends(inbound, way, error, who)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "_amends", amends_seen)
        patch.setattr(middleware, "ANSWER_WITHIN", 25.0)
        patch.setattr(repeats, "KEPT_FOR", 0.0)  # the same is sent as often as it is to be done
        yield


class File:
    """A SQLite database under the door: read whole, and put back as it was."""

    def __init__(self, path: Path) -> None:
        self._live = sqlite3.connect(path, isolation_level=None)
        self._live.execute("PRAGMA synchronous = OFF")
        self._kept = sqlite3.connect(":memory:")
        self.keep()
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = [name for (name,) in self._live.execute(names)]
        # SQLite's own is what ids were given; a number that was not used is no change.
        self._tables = [name for name in tables if not name.startswith("sqlite_")]

    def close(self) -> None:
        self._live.close()
        self._kept.close()

    def keep(self) -> None:
        """Remember everything as it is now."""
        self._live.backup(self._kept)
        self._version = self._now()

    def has_changed(self) -> bool:
        """Whether anybody wrote since it was kept or restored."""
        return self._now() != self._version

    def restore(self) -> None:
        """Everything as it was when it was kept."""
        self._kept.backup(self._live)
        self._version = self._now()

    def _now(self) -> int:
        (version,) = self._live.execute("PRAGMA data_version").fetchone()
        return int(version)

    def ask(self, statement: str) -> list[Any]:
        """What the database answers."""
        return self._live.execute(statement).fetchall()

    def rows(self, table: str, where: str = "1", of: str = "*") -> list[Any]:
        """Every row of a table, or these columns of it."""
        return self.ask(f"SELECT {of} FROM {table} WHERE {where}")

    def notices(self) -> list[str]:
        """The keys of the sentences that are to be said in a DM."""
        said = "SELECT note FROM job WHERE kind = 'plain_answer' ORDER BY id"
        return [note for (note,) in self._live.execute(said)]

    def snapshot(self) -> dict[str, list[Any]]:
        """Every table as it is, but receipts and sentences to be said."""
        usual = {"job": "kind <> 'plain_answer'", "receipt": "0"}
        return {name: self.rows(name, usual.get(name, "1")) for name in self._tables}
