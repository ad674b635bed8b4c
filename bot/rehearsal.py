"""Lantern and the local workspace in one process, on one clock: for tour, demo and tests.

The bot is the one that runs on Slack; only the API's address and the clock are others.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import yaml
from pydantic import SecretStr

from bot.app import Application, build
from bot.clock import MovableClock
from bot.config import Settings
from bot.sandbox.company import Company
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.shipped import DATA, MANIFEST
from bot.store.engine import Database

COMPANY = DATA / "demo" / "workspace.yml"


def demo_company() -> Company:
    """The company of the demo and the tour."""
    return Company.load(COMPANY)


def manifest() -> dict[str, Any]:
    """Lantern's own manifest."""
    loaded: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return loaded


def new_workspace(company: Company, clock: MovableClock) -> Workspace:
    """A local workspace with these people, in which Lantern is installed."""
    return Workspace(
        manifest(), company.people, clock, name=company.name, channels=company.channels
    )


@dataclass(slots=True)
class Rehearsal:
    """A running Lantern and the workspace it runs on."""

    workspace: Workspace
    server: Server
    app: Application
    clock: MovableClock

    def person(self, handle: str) -> Person:
        """Somebody of the workspace, to act as and to look over the shoulder of."""
        return Person(self.workspace, handle)

    async def settle(self) -> None:
        """Return when everything that is due was said, and no listener is at work."""
        await self.app.idle()
        await self.app.clockwork.wake()
        await self.app.idle()

    async def advance(self, by: timedelta) -> None:
        """Let time pass, with all that happens on the way."""
        await self.settle()
        await self.clock.advance(by)
        await self.settle()

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment` (UTC)."""
        await self.advance(moment - self.clock.now())


@asynccontextmanager
async def rehearse(
    workspace: Workspace,
    clock: MovableClock,
    *,
    database_url: str,
    database: Database | None = None,
    port: int = 0,
    page: bool = False,
    chance: Random | None = None,
) -> AsyncIterator[Rehearsal]:
    """Serve the workspace and start Lantern on it over Socket Mode; stop both at the end.

    With `page`, the browser page is at the server's root. Raises OSError
    when `port` is taken, SettingProblem for a database that cannot be opened.
    """
    async with serve(workspace, port=port, page=page) as server:
        settings = settings_for(workspace, server, database_url)
        # A year passes in minutes here: only a workspace that holds us to limits is given time.
        paced = workspace.limits is not None
        app = build(settings, clock=clock, database=database, chance=chance, paced=paced)
        await app.start()
        try:
            await server.wait_connected()
            yield Rehearsal(workspace, server, app, clock)
        finally:
            # Slack does not mind a bot that leaves; a Ctrl-C must not leave a half-written answer.
            await asyncio.shield(app.stop())


def settings_for(workspace: Workspace, server: Server, database_url: str) -> Settings:
    """The settings of a Lantern that talks to this workspace, and to nothing in the environment."""
    # Every setting is named: what is given goes before the environment.
    usual = {name: field.default for name, field in Settings.model_fields.items()}
    given: dict[str, Any] = {
        "bot_token": SecretStr(workspace.bot_token),
        "app_token": SecretStr(workspace.app_token),
        "signing_secret": SecretStr(workspace.signing_secret),
        "api_url": server.api_url,
        "database_url": SecretStr(database_url),
    }
    return Settings(_env_file=None, **(usual | given))
