"""Pictures of the main states for the documentation: `python -m tests.browser.screenshots`.

They show the demo's own company, at a fixed moment, so that a new run gives nearly the same ones.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser

from bot.clock import MovableClock
from bot.demo.prelude import play
from bot.rehearsal import Rehearsal, demo_company, new_workspace, rehearse
from tests.browser.conftest import PHONE, WIDE, chrome
from tests.browser.screen import Screen

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
BEGIN = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SETTLED = 700  # real milliseconds until pictures are loaded and nothing moves any more


class Album:
    """Opens windows and keeps what they show."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url

    async def opens(self, handle: str, *, dark: bool = False, phone: bool = False) -> Screen:
        """A window of its own, as this person."""
        options: dict[str, Any] = {
            "viewport": PHONE if phone else WIDE,
            "color_scheme": "dark" if dark else "light",
            "device_scale_factor": 2 if phone else 1,
            "locale": "en-GB",
        }
        context = await self.browser.new_context(**options)
        return await Screen(await context.new_page(), self.url).opens(handle)

    async def keeps(self, screen: Screen, name: str) -> None:
        """One picture."""
        await screen.page.wait_for_timeout(SETTLED)
        await screen.page.screenshot(path=FOLDER / f"{name}.png")
        sys.stdout.write(f"docs/screenshots/{name}.png\n")


@asynccontextmanager
async def demo() -> AsyncIterator[Rehearsal]:
    """The demo's company, after what it lives through before anybody looks."""
    with TemporaryDirectory() as folder:
        clock = MovableClock(BEGIN)
        workspace = new_workspace(demo_company(), clock)
        url = f"sqlite:///{folder}/lantern.db"
        async with rehearse(
            workspace, clock, database_url=url, page=True, chance=Random(7)
        ) as running:
            await play(running, TODAY)
            yield running


async def asking(album: Album) -> None:
    """A taster, from the command to the sentence that says what happens next."""
    sofia = await album.opens("sofia")
    await sofia.composer.press_sequentially("/ment")
    await album.keeps(sofia, "command")
    await sofia.types("/mentoring taster")
    await sofia.fills({"What would you like to talk about?": "Speaking up in design reviews"})
    await sofia.submits()
    await album.keeps(sofia, "modal-error")
    await sofia.fills({"What do you hope to leave with?": "One thing to try in the next one"})
    await sofia.submits()
    await album.keeps(sofia, "asked")
    await sofia.tab("Home")
    await album.keeps(sofia, "home")
    await sofia.goes_to("Mira Lindqvist")
    await album.keeps(sofia, "introduction")


async def asked(album: Album, running: Rehearsal) -> None:
    """What the mentor sees who was asked."""
    for person in running.workspace.people:
        seen = running.person(person.handle).screen("dm")
        if any("I can help" in one.buttons for one in seen):
            mentor = await album.opens(person.handle)
            await album.keeps(mentor, "offer")
            return
    raise AssertionError("nobody was asked")


async def people(album: Album) -> None:
    """What came afterwards, the list of people, the traffic, dark colours."""
    leo = await album.opens("leo")
    await album.keeps(leo, "messages")
    await leo.page.keyboard.press("Control+k")
    await album.keeps(leo, "act-as")
    await leo.page.keyboard.press("Escape")
    await leo.page.get_by_role("button", name="Traffic").click()
    await album.keeps(leo, "traffic")
    dark = await album.opens("leo", dark=True)
    await album.keeps(dark, "dark")


async def programme(album: Album) -> None:
    """A programme's card in its channel, the form to join it, and a plan before its leads."""
    jonas = await album.opens("jonas")
    await jonas.goes_to("mentoring")
    await album.keeps(jonas, "programme-card")
    await jonas.clicks("Join")
    await jonas.modal.wait_for()
    await album.keeps(jonas, "programme-join")
    amara = await album.opens("amara")
    await album.keeps(amara, "round-review")
    await amara.page.locator("button.replies").first.click()
    await album.keeps(amara, "round-pairs")
    phone = await album.opens("amara", phone=True)
    await album.keeps(phone, "phone-review")


async def phone(album: Album) -> None:
    """The same at a phone's width."""
    leo = await album.opens("leo", phone=True)
    await album.keeps(leo, "phone-messages")
    await leo.types("/mentoring flash")
    await leo.modal.wait_for()
    await album.keeps(leo, "phone-modal")
    await leo.page.keyboard.press("Escape")
    await leo.page.get_by_role("button", name="Conversations").click()
    await album.keeps(leo, "phone-side")


async def main() -> None:
    """Take all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with demo() as running, chrome() as browser:
        album = Album(browser, running.server.url)
        await asking(album)
        await asked(album, running)
        await people(album)
        await programme(album)
        await phone(album)


if __name__ == "__main__":
    asyncio.run(main())
