"""Finding things on one person's screen, and waiting until they are there."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.blockkit.controls import Control, controls, text_of
from bot.sandbox.screen.choosing import find_choice, find_option
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.seen import Seen, see
from bot.sandbox.screen.surfaces import MessageSurface, Surface, ViewSurface
from bot.sandbox.shapes import Json

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Clickable:
    """A button, menu entry, link or the foot of a modal: `what` says which of the four."""

    surface: Surface
    what: str
    control: Control | None = None
    option: Json | None = None
    address: str = ""


class Looking:
    """One person's eyes. `patience` is in real seconds."""

    def __init__(self, client: Client, patience: float) -> None:
        self._client = client
        self.patience = patience
        self.home_is_open = False

    def surfaces(self) -> list[Surface]:
        """Everything on the screen, oldest first, the open modal last as it lies over the rest."""
        found: list[Surface] = []
        for conversation in self._client.conversations():
            found += self._client.messages(conversation)
        if self.home_is_open and self._client.home:
            found.append(self._client.home)
        found.sort(key=lambda s: s.order)
        return [*found, *self._client.modals[-1:]]

    def newest(self, containing: str | None) -> list[Surface]:
        """What contains the text, newest first."""
        found = reversed(self.surfaces())
        return [s for s in found if containing is None or self.see(s).has(containing)]

    def see(self, surface: Surface) -> Seen:
        """One surface as the person sees it."""
        return see(self._client, surface)

    def clickable(self, label: str, containing: str | None) -> Clickable | None:
        """The newest thing that can be clicked under this label."""
        for surface in self.newest(containing):
            if found := self._button(surface, label) or self._foot(surface, label):
                return found
            if address := self.see(surface).links.get(label):
                return Clickable(surface, "link", address=address)
        return None

    def box(self, label: str, containing: str | None) -> tuple[Surface, Control, Json] | None:
        """The newest tick box or radio button of this label."""
        for surface in self.newest(containing):
            for control in controls(surface.blocks):
                if control.kind not in ("checkboxes", "radio_buttons"):
                    continue
                if option := find_option(self._client, control, label):
                    return surface, control, option
        return None

    def choice(self, label: str, containing: str | None) -> tuple[Surface, Control] | None:
        """The newest control that holds a value, by its label, placeholder or text beside it."""
        for surface in self.newest(containing):
            if control := find_choice(self._client, surface, label):
                return surface, control
        return None

    def field(self, label: str) -> tuple[Surface, Control] | None:
        """A field of the open modal."""
        opened = self.modal()
        control = find_choice(self._client, opened, label) if opened else None
        return (opened, control) if opened and control else None

    def modal(self) -> ViewSurface | None:
        """The open modal."""
        return next(iter(self._client.modals[-1:]), None)

    def message(self, fragment: str, author: str | None) -> MessageSurface | None:
        """The newest message with this text (of this author's user id)."""
        for surface in self.newest(fragment):
            if isinstance(surface, MessageSurface) and author in (None, surface.message.user):
                return surface
        return None

    async def wait_for(
        self, look: Callable[[], Found | None], missing: str, within: float | None = None
    ) -> Found:
        """Look until something is found, again at each change; raises AssertionError saying what
        is missing and what is on the screen instead."""
        changes, me = self._client.workspace.changes, self._client.user.id
        try:
            async with asyncio.timeout(self.patience if within is None else within):
                while (found := look()) is None:
                    await changes.wait(changes.seq, me)
                return found
        except TimeoutError:
            pass
        shown = "\n".join(f"- {self.see(s)}" for s in self.surfaces()) or "(nothing)"
        raise AssertionError(f"{missing} on {self._client.user.handle}'s screen:\n{shown}")

    def _button(self, surface: Surface, label: str) -> Clickable | None:
        for control in controls(surface.blocks):
            if control.kind == "button" and text_of(control.element["text"]) == label:
                return Clickable(surface, "button", control)
            if control.kind == "overflow":
                option: Any = find_option(self._client, control, label)
                if option:
                    return Clickable(surface, "menu", control, option)
        return None

    def _foot(self, surface: Surface, label: str) -> Clickable | None:
        if isinstance(surface, ViewSurface):
            for what in ("submit", "close"):
                if text_of(surface.view.given.get(what)) == label:
                    return Clickable(surface, what)
        return None
