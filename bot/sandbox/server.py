"""The workspace on a port: the Web API, Socket Mode, response_urls, uploads and downloads."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from aiohttp import web

from bot.sandbox import server_files, sharing
from bot.sandbox.api.dispatch import handle_call
from bot.sandbox.apps.oauth_page import OAuthPage
from bot.sandbox.faults import Fault
from bot.sandbox.shapes import SlackError
from bot.sandbox.statuses import Statuses
from bot.sandbox.web import routes
from bot.sandbox.wire.delivery import Delivery
from bot.sandbox.wire.http_delivery import SignedHttp
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.workspace import Workspace

LOOK_EVERY = 0.2
WORKSPACE = web.AppKey("workspace", Workspace)
MAX_UPLOAD = 64 * 1024 * 1024


class Server:
    """A served workspace. `app` is the aiohttp application, so that a page can be added to it."""

    def __init__(
        self, workspace: Workspace, request_url: str | None, more: Sequence[Workspace] = ()
    ) -> None:
        self.workspace = workspace
        self.teams = (workspace, *more)
        self.socket = SocketMode(workspace)
        self._http = [SignedHttp(team, request_url) for team in self.teams] if request_url else []
        self.url = ""
        self.app = web.Application(client_max_size=MAX_UPLOAD)
        self.app[WORKSPACE] = workspace
        self.app.router.add_route("*", "/api/{method}", self._call)
        self.app.router.add_post("/hooks/{team}/{key}", self._hook)
        server_files.add_routes(self.app, self.teams)
        if workspace.app is not None:
            OAuthPage(workspace.app).add_routes(self.app)
        self.app.router.add_get("/link", self.socket.handle)

    @property
    def api_url(self) -> str:
        """The base_url for an SDK's web client, with its final slash."""
        return f"{self.url}api/"

    def connect(self, url: str) -> None:
        """From now on the teams are reachable at `url` and reach the app."""
        self.url = url
        for number, team in enumerate(self.teams):
            team.base_url = url
            for file in team.files.objects.values():
                sharing.address(team, file)
            team.delivery.transport = self._http[number] if self._http else self.socket

    async def wait_connected(self, within: float = 10) -> None:
        """Return when the app has a socket open; raises TimeoutError."""
        await self.socket.wait_connected(within)

    async def drop_sockets(self, *, abruptly: bool = False) -> None:
        """Lose every connection; what was not acked is delivered again."""
        await self.socket.drop(abruptly=abruptly)

    async def refresh_sockets(self, reason: str = "refresh_requested") -> None:
        """Ask every socket to reconnect."""
        await self.socket.refresh(reason)

    async def close(self) -> None:
        """Stop deliveries and let go of every connection."""
        for team in self.teams:
            await team.delivery.stop()
        await self.socket.drop()
        for transport in self._http:
            await transport.close()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        ticket = self.socket.new_ticket
        link = f"{self.url.replace('http', 'ws', 1)}link"
        return await handle_call(self.teams, request, lambda: f"{link}?ticket={ticket()}")

    async def _hook(self, request: web.Request) -> web.Response:
        raw = await request.text()
        named = request.match_info["team"]
        team = next((each for each in self.teams if each.team_id == named), self.workspace)
        record = team.record("in", "hook", "response_url", raw)
        if fault := team.faults.take("response_url", {}):
            record.outcome = fault.kind
            return _troubled(fault)
        try:
            body: Any = json.loads(raw)
            team.hooks.respond(request.match_info["key"], body)
        except SlackError as refused:
            record.outcome = refused.error
            return web.json_response({"ok": False, "error": refused.error}, status=404)
        except ValueError:
            record.outcome = "invalid_payload"
            return web.Response(status=400, text="invalid_payload")
        record.outcome = "ok"
        return web.Response(text="ok")


def _troubled(fault: Fault) -> web.Response:
    if fault.kind == "429":
        headers = {"Retry-After": str(fault.retry_after)}
        return web.Response(status=429, text="rate_limited", headers=headers)
    return web.Response(status=500, text="server_error")


@asynccontextmanager
async def serve(
    workspace: Workspace,
    host: str = "127.0.0.1",
    port: int = 0,
    request_url: str | None = None,
    page: bool = False,
    more: Sequence[Workspace] = (),
) -> AsyncIterator[Server]:
    """Serve the workspace; port 0 takes a free one. With `request_url`, events, commands and
    interactions go there by signed HTTP instead of Socket Mode; with `page`, the browser page is
    at the root. `more` are further teams on the same clock, for an app that all of them may
    install (by HTTP). Raises OSError for a taken port."""
    server = Server(workspace, request_url, more)
    if page:
        routes.mount(server.app, workspace, server)
    runner = web.AppRunner(server.app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
        server.connect(f"http://{host}:{runner.addresses[0][1]}/")
        async with AsyncExitStack() as awake:
            for team in server.teams:
                await awake.enter_async_context(_awake(team))
            yield server
    finally:
        await server.close()
        await runner.cleanup()


@asynccontextmanager
async def _awake(workspace: Workspace) -> AsyncIterator[None]:
    """Late retries, and statuses that end: woken by a clock that is moved, looked after under one
    that runs by itself."""
    sleepers = (workspace.delivery, Statuses(workspace))
    for sleeper in sleepers:
        workspace.clock.attach(sleeper)
    ticking = asyncio.create_task(_tick(sleepers))
    try:
        yield
    finally:
        for sleeper in sleepers:
            workspace.clock.detach(sleeper)
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking


async def _tick(sleepers: tuple[Delivery, Statuses]) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        for sleeper in sleepers:
            await sleeper.wake()
