"""One human in front of Slack: types, clicks, fills and reads only what is on their own screen."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from bot.sandbox.choosing import find_choice, find_option, fitting_value
from bot.sandbox.client import Client, Refused
from bot.sandbox.controls import Control, controls, options_of, text_of, value_in
from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.seen import Modal, Seen, see, see_modal
from bot.sandbox.surfaces import MessageSurface, Surface, ViewSurface
from bot.sandbox.workspace import Workspace

Found = TypeVar("Found")


class Person:
    """Acts and looks as `handle` does.

    `patience` is how many real seconds a person looks for something before it is an AssertionError;
    each verb takes `within` for another patience. Nothing here polls: a look is repeated when the
    workspace changes.
    """

    def __init__(self, workspace: Workspace, handle: str, patience: float = 3.0) -> None:
        self.workspace = workspace
        self.client = Client(workspace, handle)
        self.patience = patience
        self.opened_links: list[str] = []
        self._home_is_open = False

    @property
    def user(self) -> User:
        """Who this is, as the workspace knows them."""
        return self.client.user

    @property
    def id(self) -> str:
        """The user id."""
        return self.client.user.id

    # -- saying

    async def types(self, line: str, channel: str | None = None) -> None:
        """A slash command, in the DM with the app unless a channel is named."""
        await self.client.command(line, self._conversation(channel))

    async def says(self, text: str, channel: str | None = None, thread: str | None = None) -> Seen:
        """A message; `thread` is some text of the message it answers. Returns it as it is shown."""
        where, thread_ts = self._conversation(channel), ""
        if thread is not None:
            parent = await self._message(thread, within=None)
            where, thread_ts = parent.conversation, parent.message.ts
        message = await self.client.post(where, text, thread_ts)
        return see(self.client, MessageSurface(self.workspace, self.user, where, message))

    async def edits(self, old: str, new: str) -> None:
        """One's own newest message with `old` in it now says `new`."""
        mine = await self._message(old, within=0, author=self.id)
        await self.client.edit(mine.conversation, mine.message, new)

    async def deletes(self, fragment: str) -> None:
        """Take back one's own newest message with this text."""
        mine = await self._message(fragment, within=0, author=self.id)
        self.client.delete(mine.conversation, mine.message)

    async def shares(
        self, name: str, data: bytes = b"local", comment: str = "", channel: str | None = None
    ) -> None:
        """A message with a file."""
        await self.client.upload(self._conversation(channel), name, data, comment)

    # -- operating

    async def clicks(
        self,
        label: str,
        in_message: str | None = None,
        *,
        within: float | None = None,
        confirm: bool = True,
    ) -> None:
        """The newest thing on the screen that has a button, menu entry or link of this label.

        `in_message` is some text of the message (or modal, or Home) it is in. A confirm dialog is
        answered with yes, unless `confirm` is false.
        """

        def look() -> tuple[Surface, Control | str, dict[str, Any] | None] | None:
            return self._clickable(label, in_message)

        surface, control, option = await self._find(look, f"no button “{label}”", within)
        if isinstance(control, str):
            self.opened_links.append(control)
        elif control.element.get("confirm") and not confirm:
            return
        elif option is not None:
            await self.client.choose_overflow(surface, control, option)
        else:
            if url := control.element.get("url"):
                self.opened_links.append(url)
            await self.client.press(surface, control)

    async def ticks(self, label: str, in_message: str | None = None) -> None:
        """Tick a box (or a radio button) that is not ticked."""
        await self._tick(label, in_message, wanted=True)

    async def unticks(self, label: str, in_message: str | None = None) -> None:
        """Take a tick away."""
        await self._tick(label, in_message, wanted=False)

    async def picks(self, label: str, choice: Any, in_message: str | None = None) -> None:
        """Choose in a select, radio, date or time picker, found by its label, its placeholder or
        the text beside it. `choice` is the visible text (a list for several), a name or handle
        for people, YYYY-MM-DD, HH:MM, or an aware datetime."""
        surface, control = await self._control(label, in_message)
        await self._set(surface, control, choice)

    async def fills(self, answers: Mapping[str, Any], submit: bool = False) -> None:
        """Fill the open modal's fields by their visible labels, then perhaps submit it."""
        for label, answer in answers.items():
            look = partial(self._modal_control, label)
            surface, control = await self._find(look, f"no field “{label}”", None)
            await self._set(surface, control, answer)
        if submit:
            await self.submits()

    async def submits(self) -> None:
        """Press the submit button of the open modal; errors are then on the screen."""
        surface = await self._open_modal()
        assert surface.view.given.get("submit"), f"this modal cannot be submitted: {surface.text}"
        await self.client.submit(surface.view)

    async def closes(self, *, everything: bool = False) -> None:
        """Close the open modal, or the whole stack of them."""
        surface = await self._open_modal()
        await self.client.close(surface.view, everything=everything)

    async def runs_shortcut(self, callback_id: str, on_message: str | None = None) -> None:
        """A global shortcut, or one on the message with this text."""
        if on_message is None:
            await self.client.shortcut(callback_id)
            return
        await self.client.message_shortcut(callback_id, await self._message(on_message, None))

    async def opens_home(self) -> Seen:
        """Look at the app's Home tab; waits until there is something on it."""
        self._home_is_open = True
        await self.client.open_home()
        home = await self._find(lambda: self.client.home, "nothing on the Home tab", None)
        return see(self.client, home)

    # -- seeing

    @property
    def modal(self) -> Modal | None:
        """What the open modal shows, or None."""
        opened = self.client.modals
        return see_modal(self.client, opened[-1]) if opened else None

    @property
    def errors(self) -> dict[str, str]:
        """The open modal's errors by label."""
        return self.modal.errors if self.modal else {}

    def screen(self, channel: str | None = None) -> list[Seen]:
        """All that can be seen, oldest first; `channel` is dm, group, #name, home, modal or an id."""
        seen = [see(self.client, surface) for surface in self._surfaces()]
        return [s for s in seen if channel is None or channel in (s.where, s.channel)]

    async def reads(
        self,
        fragment: str,
        timeout: float | None = None,  # noqa: ASYNC109 - how long a person looks, not a deadline
        where: str | None = None,
    ) -> Seen:
        """Wait until something on the screen contains the fragment; the newest such thing."""

        def look() -> Seen | None:
            seen = self.screen(None if where == "ephemeral" else where)
            fit = [s for s in seen if s.has(fragment) and (where != "ephemeral" or s.ephemeral)]
            return fit[-1] if fit else None

        return await self._find(look, f"“{fragment}” is nowhere", timeout)

    def never_reads(self, fragment: str, where: str | None = None) -> None:
        """Assert that the fragment is not on the screen now."""
        found = [str(s) for s in self.screen(where) if s.has(fragment)]
        assert not found, f"{self.user.handle} reads “{fragment}”: {found}"

    # -- finding

    def _surfaces(self) -> list[Surface]:
        found: list[Surface] = []
        for conversation in self.client.conversations():
            found += self.client.messages(conversation)
        if self._home_is_open and self.client.home:
            found.append(self.client.home)
        found.sort(key=lambda s: s.order)
        # An open modal lies over everything else.
        return [*found, *self.client.modals[-1:]]

    def _clickable(
        self, label: str, in_message: str | None
    ) -> tuple[Surface, Control | str, dict[str, Any] | None] | None:
        for surface in reversed(self._surfaces()):
            seen = see(self.client, surface)
            if in_message is not None and not seen.has(in_message):
                continue
            for control in controls(surface.blocks):
                if control.kind == "button" and text_of(control.element["text"]) == label:
                    return surface, control, None
                if control.kind == "overflow" and (option := find_option(control, label)):
                    return surface, control, option
            if label in seen.links:
                return surface, seen.links[label], None
        return None

    async def _tick(self, label: str, in_message: str | None, *, wanted: bool) -> None:
        def look() -> tuple[Surface, Control, dict[str, Any]] | None:
            for surface in self._fitting(in_message):
                for control in controls(surface.blocks):
                    if control.kind not in ("checkboxes", "radio_buttons"):
                        continue
                    if option := find_option(control, label):
                        return surface, control, option
            return None

        surface, control, option = await self._find(look, f"no box “{label}”", None)
        held = value_in(surface.state[control.block_id][control.action_id])
        if control.kind == "radio_buttons":
            await self.client.set(surface, control, option)
            return
        assert (option in held) != wanted, f"“{label}” is {'' if wanted else 'not '}ticked already"
        kept = [o for o in options_of(control.element) if (o in held) != (o == option)]
        await self.client.set(surface, control, kept)

    async def _control(self, label: str, in_message: str | None) -> tuple[Surface, Control]:
        def look() -> tuple[Surface, Control] | None:
            for surface in self._fitting(in_message):
                if control := find_choice(self.client, surface, label):
                    return surface, control
            return None

        return await self._find(look, f"nothing to choose called “{label}”", None)

    def _modal_control(self, label: str) -> tuple[ViewSurface, Control] | None:
        for surface in self.client.modals[-1:]:
            if control := find_choice(self.client, surface, label):
                return surface, control
        return None

    async def _set(self, surface: Surface, control: Control, answer: Any) -> None:
        await self.client.set(surface, control, fitting_value(self.client, control, answer))

    def _fitting(self, in_message: str | None) -> list[Surface]:
        found = reversed(self._surfaces())
        return [s for s in found if in_message is None or see(self.client, s).has(in_message)]

    async def _open_modal(self) -> ViewSurface:
        return await self._find(
            lambda: self.client.modals[-1] if self.client.modals else None, "no modal is open", None
        )

    async def _message(
        self, fragment: str, within: float | None, author: str | None = None
    ) -> MessageSurface:
        def look() -> MessageSurface | None:
            for surface in self._fitting(fragment):
                if isinstance(surface, MessageSurface) and author in (None, surface.message.user):
                    return surface
            return None

        return await self._find(look, f"no message “{fragment}”", within)

    async def _find(
        self, look: Callable[[], Found | None], missing: str, within: float | None
    ) -> Found:
        patience = self.patience if within is None else within
        changes = self.workspace.changes
        try:
            async with asyncio.timeout(patience):
                while (found := look()) is None:
                    await changes.wait(changes.seq)
                return found
        except TimeoutError:
            raise AssertionError(
                f"{missing} on {self.user.handle}'s screen:\n{self._all()}"
            ) from None

    def _all(self) -> str:
        return "\n".join(f"- {seen}" for seen in self.screen()) or "(nothing)"

    def _conversation(self, channel: str | None) -> Conversation:
        if channel is None or channel == "dm":
            return self.client.app_dm
        for conversation in self.client.conversations():
            if channel in (conversation.id, conversation.name, self.client.title(conversation)):
                return conversation
        raise AssertionError(f"{self.user.handle} is in no conversation called {channel}")


__all__ = ["Person", "Refused"]
