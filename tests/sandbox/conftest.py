"""A small company, and the lunch app running in it over Socket Mode or signed HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import MovableClock
from bot.sandbox.conversations import ChannelSpec
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox import lunch

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = (
    PersonSpec("mira", "Mira Holm", tz="Europe/Berlin", title="Baker", department="Kitchen"),
    PersonSpec("omar", "Omar Said", tz="America/New_York"),
    PersonSpec("ada", "Ada Okafor"),
    PersonSpec("gus", "Gus Guest", guest=True),
    PersonSpec("clank", "Clank", is_bot=True),
    PersonSpec("zoe", "Zoe Elsewhere", stranger=True),
    PersonSpec("gone", "Gone Girl", deleted=True),
)
CHANNELS = (
    ChannelSpec("general", members=("mira", "omar", "ada"), with_app=True),
    ChannelSpec("random", members=("mira", "omar")),
    ChannelSpec("secret", members=("omar",), private=True),
)


class ShiftedClock(MovableClock):
    """A movable clock whose wall can be shifted too, so that Slack's own timers need no waiting."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.shift = timedelta(0)

    def wall(self) -> datetime:
        return super().wall() + self.shift


@dataclass
class Town:
    """A served workspace with the lunch app at work in it."""

    ws: Workspace
    server: Server
    app: AsyncApp
    heard: list[dict[str, Any]] = field(default_factory=list)

    def person(self, handle: str) -> Person:
        return Person(self.ws, handle)

    def heard_events(self, kind: str) -> list[dict[str, Any]]:
        return [b["event"] for b in self.heard if b.get("event", {}).get("type") == kind]


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock(MONDAY)


@pytest.fixture
def ws(clock: ShiftedClock) -> Workspace:
    return Workspace(lunch.MANIFEST, PEOPLE, clock, channels=CHANNELS)


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


@pytest.fixture
async def client(ws: Workspace, server: Server) -> AsyncWebClient:
    return AsyncWebClient(token=ws.bot_token, base_url=server.api_url)


@pytest.fixture(params=["socket", "http"])
async def town(request: pytest.FixtureRequest, ws: Workspace) -> AsyncIterator[Town]:
    """The same town twice: reached by Socket Mode and by signed HTTP."""
    running = over_socket if request.param == "socket" else over_http
    async with running(ws) as made:
        yield made


@pytest.fixture
async def socket_town(ws: Workspace) -> AsyncIterator[Town]:
    async with over_socket(ws) as made:
        yield made


@asynccontextmanager
async def over_socket(ws: Workspace) -> AsyncIterator[Town]:
    async with serve(ws) as server:
        town = _town(ws, server)
        handler = AsyncSocketModeHandler(town.app, ws.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await server.wait_connected()
        try:
            yield town
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
            await _settled(handler)


@asynccontextmanager
async def over_http(ws: Workspace) -> AsyncIterator[Town]:
    holder: list[Town] = []

    async def receive(request: web.Request) -> web.StreamResponse:
        return await holder[0].app.server(path="/slack/events").handle_post_requests(request)

    outside = web.Application()
    outside.router.add_post("/slack/events", receive)
    runner = web.AppRunner(outside, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        async with serve(ws, request_url=url) as server:
            holder.append(_town(ws, server))
            yield holder[0]
    finally:
        await runner.cleanup()


def _town(ws: Workspace, server: Server) -> Town:
    client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
    app = AsyncApp(client=client, signing_secret=ws.signing_secret)
    town = Town(ws, server, app)
    lunch.build(app, town.heard)
    return town


async def _settled(handler: AsyncSocketModeHandler) -> None:
    """Closing cancels the client's tasks without awaiting them."""
    client = handler.client
    tasks = [client.message_processor, client.message_receiver, client.current_session_monitor]
    await asyncio.gather(*(t for t in tasks if t is not None), return_exceptions=True)
