"""A person of a scenario who sits at the page: the same words, done with mouse and keyboard.

Finding out where something stands is left to the person of the scenarios; that it stands there for
everybody to see, and can be operated, is what the browser shows.
"""

from collections.abc import Coroutine, Mapping
from functools import partial
from typing import Any

from playwright.async_api import Locator, Response, expect

from bot.sandbox.screen.looking import Clickable
from bot.sandbox.screen.person import Person
from bot.sandbox.screen.seen import Seen
from bot.sandbox.screen.surfaces import MessageSurface, Surface
from bot.sandbox.workspace import Workspace
from tests.browser.screen import PATIENCE, Screen

CHANGED = 409  # the app said it anew between the look and the click: one looks, and clicks again
TRIES = 3


class AtThePage(Person):
    """Acts as `handle` does in the window `screen`, which is theirs alone."""

    def __init__(self, workspace: Workspace, handle: str, screen: Screen) -> None:
        super().__init__(workspace, handle, patience=PATIENCE / 1000)
        self._screen = screen
        self._place = ""

    async def types(self, line: str, channel: str | None = None) -> None:
        await self._goes(self._conversation(channel).id)
        await self._does(self._screen.types(line))

    async def clicks(
        self,
        label: str,
        in_message: str | None = None,
        *,
        within: float | None = None,
        confirm: bool = True,
    ) -> None:
        look = partial(self._eyes.clickable, label, in_message)
        for _ in range(TRIES):
            found = await self._eyes.wait_for(look, f"nothing to click called “{label}”", within)
            assert found.what != "link", "a link leads away from the page"
            place = await self._look_at(found.surface)
            answer = await self._does(self._press(place, found, label))
            if answer.status != CHANGED:
                return
        raise AssertionError(f"“{label}” changes again and again")

    async def fills(self, answers: Mapping[str, Any], submit: bool = False) -> None:
        await expect(self._screen.modal).to_be_visible(timeout=PATIENCE)
        await self._screen.fills(answers)
        if submit:
            await self.submits()

    async def submits(self) -> None:
        await self._does(self._screen.submits())

    async def reads(
        self,
        fragment: str,
        timeout: float | None = None,  # noqa: ASYNC109 - how long a person looks, not a deadline
        where: str | None = None,
    ) -> Seen:
        seen = await super().reads(fragment, timeout, where)
        assert seen.surface is not None
        await self._look_at(seen.surface)
        return seen

    async def _goes(self, place: str) -> None:
        if self._place != place:
            await self._screen.opens(self.user.handle, place)
            self._place = place

    async def _look_at(self, surface: Surface) -> Locator:
        """Where it is drawn: a message in its conversation, or the modal that lies over all."""
        if not isinstance(surface, MessageSurface):
            await expect(self._screen.modal).to_be_visible(timeout=PATIENCE)
            return self._screen.modal
        await self._goes(surface.conversation.id)
        drawn = self._screen.page.locator(f'main .message[data-ts="{surface.message.ts}"]')
        await expect(drawn).to_be_visible(timeout=PATIENCE)
        return drawn

    async def _press(self, place: Locator, found: Clickable, label: str) -> None:
        if found.what != "menu":
            await place.get_by_role("button", name=label, exact=True).first.click()
            return
        await place.get_by_role("button", name="More choices").click()
        await self._screen.page.get_by_role("menuitem", name=label, exact=True).click()

    async def _does(self, act: Coroutine[Any, Any, None]) -> Response:
        """Do it, and return when the local workspace has heard of it."""
        async with self._screen.page.expect_response(_is_of_an_act, timeout=PATIENCE) as heard:
            await act
        answer = await heard.value
        await answer.finished()
        return answer


def _is_of_an_act(response: Response) -> bool:
    """What the page says by itself meanwhile is none: what was read, what is being filled in."""
    verb = response.url.partition("/do/")[2]
    return verb not in ("", "read", "hold")
