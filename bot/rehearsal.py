"""The unmodified bot on a local workspace, in one process, under a clock that is moved by hand.

The only differences to real life are the address of Slack's API and the clock. The tour, the
scenario tests and the demo are made of this.
"""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from aiohttp import web

from bot.app import Application, build
from bot.clock import MovableClock
from bot.config import Settings
from bot.ops.web import SLACK_PATH
from bot.sandbox.people import PersonSpec
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.store.crypto import new_key
from bot.store.engine import Database

MANIFEST = Path(__file__).resolve().parents[1] / "manifest.yml"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is running: the workspace and its server, the bot, and the clock both live by."""

    workspace: Workspace
    server: Server
    application: Application
    clock: MovableClock

    async def settle(self) -> None:
        """Return when nothing is under way: no delivery, no listener, and no job that is due."""
        await self.workspace.delivery.idle()
        await self.application.idle()
        await self.application.clockwork.wake()
        await self.application.idle()


@asynccontextmanager
async def rehearse(
    people: Sequence[PersonSpec],
    clock: MovableClock,
    *,
    database_url: str,
    keys: str = "",
    database: Database | None = None,
    http: bool = False,
    chance: Random | None = None,
    name: str = "Acme",
) -> AsyncIterator[Rehearsal]:
    """Start a workspace with these people and the bot on it; over `http`, by signed requests.

    `database`, if given, is used instead of opening `database_url`, and is closed at the end.
    """
    workspace = Workspace(manifest(), people, clock, name=name)
    door = _free_socket() if http else None
    address = f"http://127.0.0.1:{door.getsockname()[1]}{SLACK_PATH}" if door else None
    async with serve(workspace, request_url=address) as server:
        settings = settings_for(server, database_url, keys or new_key())
        application = build(settings, clock=clock, database=database, chance=chance)
        runner = await _open_door(application, door) if door else None
        try:
            await application.start(socket_mode=not http)
            if not http:
                await server.wait_connected()
            yield Rehearsal(workspace, server, application, clock)
        finally:
            if runner is not None:
                await runner.cleanup()
            await application.stop()


def manifest() -> dict[str, Any]:
    """The app's own manifest: what is not in it, the workspace refuses."""
    loaded: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return loaded


def settings_for(server: Server, database_url: str, keys: str) -> Settings:
    """Settings for a served workspace; every field is given, so that the environment has no say."""
    workspace = server.workspace
    return Settings.model_validate(
        {
            "bot_token": workspace.bot_token,
            "app_token": workspace.app_token,
            "signing_secret": workspace.signing_secret,
            "api_url": server.api_url,
            "database_url": database_url,
            "secret_keys": keys,
            "clock_speed": 1.0,
            "templates_dir": None,
            "log_format": "console",
            "log_level": "warning",
        }
    )


def _free_socket() -> socket.socket:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    return door


async def _open_door(application: Application, door: socket.socket) -> web.AppRunner:
    runner = web.AppRunner(application.web_app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, door).start()
    return runner
