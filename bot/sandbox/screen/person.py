"""One human in front of Slack: types, clicks, fills and reads only what is on their own screen."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.sandbox.blockkit.controls import Control, options_of, value_in
from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.choosing import fitting_value
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.in_channels import PersonInChannels
from bot.sandbox.screen.looking import Looking
from bot.sandbox.screen.seen import Modal, Seen, see_modal
from bot.sandbox.screen.surfaces import MessageSurface, Surface, ViewSurface
from bot.sandbox.workspace import Workspace


class Person(PersonInChannels):
    """Acts and looks as `handle` does.

    `patience` is how many real seconds a person looks for something before it is an
    AssertionError; some verbs take `within` for another patience. Nothing here polls: a look is
    repeated when the workspace changes.
    """

    def __init__(self, workspace: Workspace, handle: str, patience: float = 5.0) -> None:
        self.workspace = workspace
        self.client = Client(workspace, handle)
        self.opened_links: list[str] = []
        self._eyes = Looking(self.client, patience)

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
        """A message; `thread` is some text of the message it answers. Returns it as shown."""
        where, thread_ts = await self._answering(channel, thread)
        message = await self.client.post(where, text, thread_ts)
        return self._eyes.see(MessageSurface(self.workspace, self.user, where, message))

    async def edits(self, old: str, new: str) -> None:
        """One's own newest message with `old` in it now says `new`."""
        mine = await self._message(old, author=self.id, within=0)
        await self.client.edit(mine.conversation, mine.message, new)

    async def deletes(self, fragment: str) -> None:
        """Take back one's own newest message with this text."""
        mine = await self._message(fragment, author=self.id, within=0)
        self.client.delete(mine.conversation, mine.message)

    async def shares(
        self,
        name: str,
        data: bytes = b"local",
        comment: str = "",
        channel: str | None = None,
        thread: str | None = None,
    ) -> None:
        """A message with a file; `thread` is some text of the message it answers."""
        where, thread_ts = await self._answering(channel, thread)
        await self.client.upload(where, name, data, comment, thread_ts)

    # -- operating

    async def clicks(
        self,
        label: str,
        in_message: str | None = None,
        *,
        within: float | None = None,
        confirm: bool = True,
    ) -> None:
        """The newest thing on the screen with a button, menu entry or link of this label.

        `in_message` is some text of the message (or modal, or Home) it is in. A confirm dialog is
        answered with yes, unless `confirm` is false.
        """
        look = partial(self._eyes.clickable, label, in_message)
        found = await self._eyes.wait_for(look, f"nothing to click called “{label}”", within)
        element = found.control.element if found.control else {}
        if element.get("confirm") and not confirm:
            return
        if address := found.address or element.get("url"):
            self.opened_links.append(address)
        if found.what == "submit":
            await self.submits()
        elif found.what == "close":
            await self.closes()
        elif found.control and found.option:
            await self.client.choose_overflow(found.surface, found.control, found.option)
        elif found.control:
            await self.client.press(found.surface, found.control)

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
        look = partial(self._eyes.choice, label, in_message)
        missing = f"nothing to choose called “{label}”"
        surface, control = await self._eyes.wait_for(look, missing)
        await self._set(surface, control, choice)

    async def fills(self, answers: Mapping[str, Any], submit: bool = False) -> None:
        """Fill the open modal's fields by their visible labels, then perhaps submit it.

        Files are (name, bytes), or a list of these."""
        for label, answer in answers.items():
            look = partial(self._eyes.field, label)
            surface, control = await self._eyes.wait_for(look, f"no field “{label}”")
            await self._set(surface, control, answer)
        if submit:
            await self.submits()

    async def uploads(self, label: str, *files: tuple[str, bytes]) -> None:
        """Put files, each (name, bytes), into the file field of this label in the open modal;
        they take the place of those that were there."""
        await self.fills({label: list(files)})

    async def submits(self) -> None:
        """Press the submit button of the open modal; errors are then on the screen."""
        surface = await self._modal()
        assert surface.view.given.get("submit"), f"this modal has no submit: {surface.text}"
        await self.client.submit(surface.view)

    async def closes(self, *, everything: bool = False) -> None:
        """Close the open modal, or the whole stack of them."""
        surface = await self._modal()
        await self.client.close(surface.view, everything=everything)

    async def runs_shortcut(self, callback_id: str, on_message: str | None = None) -> None:
        """A global shortcut, or one on the message with this text."""
        if on_message is None:
            await self.client.shortcut(callback_id)
            return
        await self.client.message_shortcut(callback_id, await self._message(on_message))

    async def opens_home(self) -> Seen:
        """Look at the app's Home tab; waits until there is something on it, and it is seen from
        then on as it changes."""
        self._eyes.home_is_open = True
        await self.client.open_home()
        home = await self._eyes.wait_for(lambda: self.client.home, "nothing on the Home tab")
        return self._eyes.see(home)

    # -- seeing

    @property
    def modal(self) -> Modal | None:
        """What the open modal shows, or None."""
        opened = self._eyes.modal()
        return see_modal(self.client, opened) if opened else None

    @property
    def errors(self) -> dict[str, str]:
        """The open modal's errors by label."""
        return self.modal.errors if self.modal else {}

    def screen(self, channel: str | None = None) -> list[Seen]:
        """All that can be seen, oldest first; `channel` is dm, group, #name, home, modal, ephemeral
        or a conversation's id."""
        seen = [self._eyes.see(surface) for surface in self._eyes.surfaces()]
        if channel == "ephemeral":
            return [s for s in seen if s.ephemeral]
        return [s for s in seen if channel in (None, s.where, s.channel)]

    async def reads(
        self,
        fragment: str,
        timeout: float | None = None,  # noqa: ASYNC109 - how long a person looks, not a deadline
        where: str | None = None,
    ) -> Seen:
        """Wait until something on the screen contains the fragment; the newest such thing."""

        def look() -> Seen | None:
            fit = [s for s in self.screen(where) if s.has(fragment)]
            return fit[-1] if fit else None

        return await self._eyes.wait_for(look, f"“{fragment}” is nowhere", timeout)

    def never_reads(self, fragment: str, where: str | None = None) -> None:
        """Assert that the fragment is not on the screen now."""
        found = [str(s) for s in self.screen(where) if s.has(fragment)]
        assert not found, f"{self.user.handle} reads “{fragment}”: {found}"

    # -- how

    async def _tick(self, label: str, in_message: str | None, *, wanted: bool) -> None:
        look = partial(self._eyes.box, label, in_message)
        surface, control, option = await self._eyes.wait_for(look, f"no box “{label}”")
        if control.kind == "radio_buttons":
            await self.client.set(surface, control, option)
            return
        held = value_in(surface.state[control.block_id][control.action_id])
        assert (option in held) != wanted, f"“{label}” is {'' if wanted else 'not '}ticked already"
        kept = [o for o in options_of(control.element) if (o in held) != (o == option)]
        await self.client.set(surface, control, kept)

    async def _set(self, surface: Surface, control: Control, answer: Any) -> None:
        await self.client.set(surface, control, fitting_value(self.client, control, answer))

    async def _modal(self) -> ViewSurface:
        return await self._eyes.wait_for(self._eyes.modal, "no modal is open")

    async def _message(
        self, fragment: str, author: str | None = None, within: float | None = None
    ) -> MessageSurface:
        look = partial(self._eyes.message, fragment, author)
        return await self._eyes.wait_for(look, f"no message “{fragment}”", within)

    async def _answering(self, channel: str | None, thread: str | None) -> tuple[Conversation, str]:
        """Where something is said: a conversation and, for an answer, what it answers."""
        if thread is None:
            return self._conversation(channel), ""
        parent = await self._message(thread)
        return parent.conversation, parent.message.ts

    def _conversation(self, channel: str | None) -> Conversation:
        if channel is None or channel == "dm":
            return self.client.app_dm
        for conversation in self.client.conversations():
            if channel in (conversation.id, conversation.name, self.client.title(conversation)):
                return conversation
        raise AssertionError(f"{self.user.handle} is in no conversation called {channel}")


__all__ = ["Person", "Refused"]
