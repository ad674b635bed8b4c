"""A company for a test: a local workspace, the unmodified bot on it, persons by their handle."""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml
from aiohttp import web

from bot.app import Application, build
from bot.config import Settings
from bot.ops.web import SLACK_PATH
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.shipped import MANIFEST
from bot.store.crypto import new_key
from tests.support.clock import MONDAY, HandClock
from tests.support.installation import settings_with

KEY: Final = new_key()  # of every company of this process that asks for none of its own
UNHURRIED: Final = 30.0  # real seconds; how long an answer takes is not what scenarios are about

STAFF: Final = (
    PersonSpec("ada", "Ada Adeyemi", tz="Europe/London", title="Designer"),
    PersonSpec("bruno", "Bruno Costa", tz="Europe/Lisbon", title="Head of Design"),
    PersonSpec("chen", "Chen Wei", tz="Asia/Singapore", title="Engineer"),
    PersonSpec("dara", "Dara Quinn", tz="America/New_York", title="Director"),
    PersonSpec("gus", "Gus Guest", guest=True),
    PersonSpec("robo", "Robo", is_bot=True),
)
"""Four colleagues in four time zones, a guest and another app."""


PATIENCE: Final = 10.0  # real seconds that a person looks for something
PING_EVERY: Final = 2.5  # real seconds in which a lost line is noticed


@dataclass(slots=True)
class Company:
    """What a scenario holds in its hands. `address` is where the bot takes HTTP, if it does."""

    workspace: Workspace
    server: Server
    bot: Application
    clock: HandClock
    settings: Settings
    address: str = ""
    patience: float = PATIENCE
    _persons: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, handle: str) -> Person:
        """The person with this handle, always the same object."""
        if handle not in self._persons:
            self._persons[handle] = Person(self.workspace, handle, self.patience)
        return self._persons[handle]

    def seat(self, person: Person) -> None:
        """From now on `person` is who acts under their handle."""
        self._persons[person.user.handle] = person

    async def stop(self) -> None:
        """The bot stops, as for an update; the workspace lives on."""
        await self.bot.stop()

    async def start(self) -> None:
        """A new process of the same installation takes over (Socket Mode only)."""
        self.bot = build(self.settings, clock=self.clock, chance=Random(11), paced=False)
        self.bot.ping_every = PING_EVERY
        await self.bot.start()
        await self.server.wait_connected()

    async def settle(self) -> None:
        """Return when nothing is under way: no delivery, no listener, no job that is due."""
        await self.workspace.delivery.idle()
        await self.bot.idle()
        await self.bot.clockwork.wake()
        await self.workspace.delivery.idle()
        await self.bot.idle()

    async def let_pass(self, **length: float) -> None:
        """Let time go by (`hours=3`, `days=1`), with everything that falls due on the way."""
        await self.until(self.clock.now() + timedelta(**length))

    async def until(self, moment: datetime) -> None:
        """Let time go by until `moment` (aware)."""
        await self.settle()
        await self.clock.move_to(moment)
        await self.settle()

    def calls(self, method: str) -> list[Any]:
        """What the bot sent with this Web API method, oldest first."""
        return [r.payload for r in self.workspace.traffic if (r.kind, r.name) == ("api", method)]


@asynccontextmanager
async def company(
    folder: Path,
    *,
    staff: Sequence[PersonSpec] = STAFF,
    start: datetime = MONDAY,
    database_url: str | None = None,
    keys: str = "",
    http: bool = False,
    page: bool = False,
    kept: Path | None = None,
) -> AsyncIterator[Company]:
    """Start everything; by Socket Mode on a SQLite file in `folder` unless said otherwise.

    With `page` the browser page is there; `kept` is a saved workspace to continue from.
    """
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    clock = HandClock(Workspace.saved_at(kept) if kept else start)
    workspace = Workspace.load(kept, manifest, clock) if kept else Workspace(manifest, staff, clock)
    door = free_socket() if http else None
    address = f"http://127.0.0.1:{door.getsockname()[1]}" if door else ""
    url = database_url or f"sqlite:///{folder / 'company.db'}"
    request_url = address + SLACK_PATH if http else None
    workspace.ack_limit = UNHURRIED
    workspace.triggers.lives_for = timedelta(seconds=UNHURRIED)
    async with serve(workspace, request_url=request_url, page=page) as server:
        settings = settings_for(server, url, keys or KEY)
        bot = build(settings, clock=clock, chance=Random(7), paced=False)
        bot.ping_every = PING_EVERY
        running = Company(workspace, server, bot, clock, settings, address)
        runner = await open_door(bot, door) if door else None
        try:
            await bot.start(socket_mode=not http)
            if not http:
                await server.wait_connected()
            yield running
        finally:
            if runner is not None:
                await runner.cleanup()
            await running.bot.stop()


def settings_for(server: Server, database_url: str, keys: str = "") -> Settings:
    """Settings for a served workspace."""
    workspace = server.workspace
    return settings_with(
        database_url,
        keys,
        bot_token=workspace.bot_token,
        app_token=workspace.app_token,
        signing_secret=workspace.signing_secret,
        api_url=server.api_url,
        contacts="The helpline, 555 0100",
        log_level="warning",
    )


def free_socket() -> socket.socket:
    """A socket at a port of this machine that nobody else has."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    return door


async def open_door(bot: Application, door: socket.socket) -> web.AppRunner:
    """The bot takes HTTP at this socket until the runner is cleaned up."""
    runner = web.AppRunner(bot.web_app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, door).start()
    return runner
