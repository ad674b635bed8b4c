"""A person at the page: types, clicks and reads what is on the screen, as anyone there can."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator, Page, expect

PATIENCE = 10_000  # real milliseconds that a person looks for something


class Screen:
    """One browser window. `url` is where the local workspace is."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    async def opens(self, handle: str, place: str = "") -> "Screen":
        """Come to the page as this person; returns when their messages are there."""
        await self.page.goto("about:blank")
        await self.page.goto(f"{self.url}#{handle}{f'/{place}' if place else ''}")
        await expect(self.page.locator(".talk-head h1")).to_be_visible(timeout=PATIENCE)
        return self

    async def becomes(self, name: str) -> None:
        """Act as somebody else, by the list of people."""
        await self.page.keyboard.press("Control+k")
        search = self.page.get_by_label("Search people")
        await search.fill(name)
        await search.press("Enter")
        await expect(self.page.locator(".who b")).to_have_text(name, timeout=PATIENCE)

    async def goes_to(self, title: str) -> None:
        """Open a conversation of the sidebar."""
        await self.page.locator("#side .row").filter(has_text=title).first.click()
        await expect(self.page.locator(".talk-head h1")).to_contain_text(title, timeout=PATIENCE)

    # -- typing

    @property
    def composer(self) -> Locator:
        """Where one types."""
        return self.page.locator("main .composer textarea")

    async def types(self, text: str) -> None:
        """Say something, or a command, in the open conversation."""
        await self.composer.fill(text)
        await self.composer.press("Escape")
        await self.composer.press("Enter")

    @property
    def modal(self) -> Locator:
        """The open modal."""
        return self.page.locator("dialog.modal")

    async def fills(self, answers: Mapping[str, Any]) -> None:
        """Fill the open modal's fields by their labels: a text, or options to choose or tick."""
        for label, answer in answers.items():
            await self._fill(label, answer)

    async def submits(self) -> None:
        """Press the modal's submit button."""
        await self.page.locator("#modal-submit").click()

    async def _fill(self, label: str, answer: Any) -> None:
        block = self.modal.locator(".input").filter(has_text=re.compile(f"^{re.escape(label)}"))
        box = block.get_by_role("combobox")
        if await box.count():
            for one in answer if isinstance(answer, list) else [answer]:
                await box.click()
                await box.fill(str(one))
                await self.page.get_by_role("option").filter(has_text=str(one)).first.click()
            if isinstance(answer, list):
                await box.press("Escape")
            return
        ticks = block.locator(".boxes")
        if await ticks.count():
            for one in answer if isinstance(answer, list) else [answer]:
                await ticks.get_by_label(re.compile(f"^{re.escape(str(one))}")).check()
            return
        await block.locator("input,textarea").fill(str(answer))

    # -- clicking

    async def clicks(self, label: str, within: str | None = None) -> None:
        """Press the newest button of this label (in the newest message that says `within`)."""
        place = self.modal if await self.modal.count() else self.page.locator("main")
        if within is not None:
            place = self.page.locator(".message").filter(has_text=within).last
        await place.get_by_role("button", name=label, exact=True).last.click()

    async def tab(self, name: str) -> None:
        """Turn to the app's Home or Messages tab."""
        await self.page.get_by_role("tab", name=name).click()

    # -- reading

    async def reads(self, text: str) -> Locator:
        """Wait until this stands in the main pane or in the modal."""
        place = self.page.locator("main, dialog.modal").filter(has_text=text).first
        await expect(place).to_be_visible(timeout=PATIENCE)
        return place

    async def never_reads(self, text: str) -> None:
        """It is not there now."""
        await expect(self.page.locator("main")).not_to_contain_text(text)

    def message(self, text: str) -> Locator:
        """The newest message with this text."""
        return self.page.locator(".message").filter(has_text=text).last

    # -- the clock

    async def lets_pass(self, step: str) -> None:
        """Press +15 min, +1 h or +1 day, and wait until the clock stands still again."""
        await self.page.get_by_role("group", name="Clock").get_by_role("button", name=step).click()
        await self.clock_stands()

    async def to_next(self) -> None:
        """Go to the next thing that will happen."""
        await self.page.locator("#top button.next").click()
        await self.clock_stands()

    async def clock_stands(self) -> None:
        """Return when no move is under way."""
        await expect(self.page.locator("#top:not([aria-busy])")).to_be_visible(timeout=60_000)

    # -- how it looks

    async def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        wide: bool = await self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide
