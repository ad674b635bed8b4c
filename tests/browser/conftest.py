"""Chromium, windows in it, and strangers' apps on a local workspace with its page."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Browser, ViewportSize, async_playwright
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import MovableClock
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.browser import exhibits as shown
from tests.browser import gallery
from tests.browser.screen import Screen
from tests.sandbox import lunch
from tests.sandbox.conftest import CHANNELS, MONDAY, PEOPLE, _settled

ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WIDE: ViewportSize = {"width": 1400, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
Opens = Callable[..., Awaitable[Screen]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Debian's Chromium; without it the test is skipped, and in CI it fails."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    reason = "Chromium is not installed (apt-get install chromium), so the page is not tested"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def chrome() -> AsyncIterator[Browser]:
    """A running browser."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS.split())
        yield browser
        await browser.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chrome() as running:
        yield running


@dataclass
class Stranger:
    """A stranger's app on a served workspace."""

    ws: Workspace
    server: Server
    heard: list[dict[str, Any]] = field(default_factory=list)


@asynccontextmanager
async def stranger(ws: Workspace, build: Callable[..., AsyncApp]) -> AsyncIterator[Stranger]:
    """Serve the workspace with its page, and run the app on it over Socket Mode."""
    async with serve(ws, page=True) as server:
        client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
        app = AsyncApp(client=client, signing_secret=ws.signing_secret)
        running = Stranger(ws, server)
        build(app, running.heard)
        handler = AsyncSocketModeHandler(app, ws.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await server.wait_connected()
        try:
            yield running
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
            await _settled(handler)


def workspace(manifest: dict[str, Any]) -> Workspace:
    """The small company of the sandbox's tests, with another app in it."""
    return Workspace(manifest, PEOPLE, MovableClock(MONDAY), channels=CHANNELS)


@pytest.fixture
async def lunches() -> AsyncIterator[Stranger]:
    async with stranger(workspace(lunch.MANIFEST), lunch.build) as running:
        yield running


@pytest.fixture
async def exhibits() -> AsyncIterator[Stranger]:
    async with stranger(workspace(shown.MANIFEST), gallery.build) as running:
        yield running


@pytest.fixture
async def opens(browser: Browser) -> AsyncIterator[Opens]:
    """`await opens(server, "mira")` is a window of its own, at the page as Mira."""
    screens: list[Screen] = []

    async def one(server: Server, handle: str, **options: Any) -> Screen:
        options.setdefault("viewport", WIDE)
        context = await browser.new_context(**options)
        screen = Screen(await context.new_page(), server.url)
        screens.append(screen)
        return await screen.opens(handle)

    yield one
    problems = [error for screen in screens for error in screen.errors]
    assert not problems, problems
