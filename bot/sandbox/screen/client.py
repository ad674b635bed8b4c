"""Slack as one person has it open: all they can see, and all they can do."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox import posting, sharing
from bot.sandbox.blockkit.controls import VALUES, Control, held
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.screen import allowed, entry, own_commands, surfaces
from bot.sandbox.screen.channel_acts import ChannelActs
from bot.sandbox.screen.surfaces import MessageSurface, Surface, ViewSurface
from bot.sandbox.shapes import Json
from bot.sandbox.views import View
from bot.sandbox.wire import events, interactions

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


class Client:
    """One person's client. Several clients may act for one person at once."""

    def __init__(self, workspace: "Workspace", who: str) -> None:
        self.workspace = workspace
        self.user = workspace.user(who)
        self.home_order = 0
        self.channels = ChannelActs(workspace, self.user)

    # -- seeing

    @property
    def app_dm(self) -> Conversation:
        """The direct messages with the app."""
        return self.workspace.app_dm(self.user.id)

    def conversations(self) -> list[Conversation]:
        """Those the person is in, the app's DM first, then by what was said last."""
        mine = [c for c in self.workspace.conversations.values() if self.user.id in c.members]
        first = self.app_dm
        rest = [c for c in mine if c is not first]
        rest.sort(key=lambda c: c.messages[-1].order if c.messages else 0, reverse=True)
        return [first, *rest]

    def title(self, conversation: Conversation) -> str:
        """What the conversation is called in this person's list."""
        if conversation.kind == "channel":
            return f"#{conversation.name}"
        others = [m for m in conversation.members if m != self.user.id] or [self.user.id]
        return ", ".join(self.workspace.users[m].name for m in others)

    def messages(self, conversation: Conversation) -> list[MessageSurface]:
        """What the person sees in it, oldest first."""
        seen = conversation.visible_to(self.user.id)
        return [MessageSurface(self.workspace, self.user, conversation, m) for m in seen]

    def unread(self, conversation: Conversation) -> int:
        """How many messages came since the person last looked."""
        return conversation.fresh_for(self.user.id)

    def mark_read(self, conversation: Conversation) -> None:
        """The person has looked."""
        conversation.read[self.user.id] = self.workspace.next_order()
        self.workspace.changes.add("unread", conversation.id, frozenset([self.user.id]))

    @property
    def modals(self) -> list[ViewSurface]:
        """The stack of open modals, the topmost last."""
        opened = self.workspace.modals.get(self.user.id, [])
        return [ViewSurface(self.workspace, self.user, v, v.order) for v in opened]

    @property
    def home(self) -> ViewSurface | None:
        """The Home tab as the app last published it, whether or not the person has opened it."""
        view = self.workspace.homes.get(self.user.id)
        if view is None:
            return None
        return ViewSurface(self.workspace, self.user, view, max(view.order, self.home_order))

    # -- saying

    async def post(self, conversation: Conversation, raw: str, thread_ts: str = "") -> Message:
        """Say something; returns when the app's side has acked the event, or given up at once."""
        allowed.may_write(self.workspace, self.user, conversation, raw)
        message = posting.by_person(self.workspace, conversation, self.user.id, raw)
        message.thread_ts = self._thread(conversation, thread_ts)
        await _done(posting.post(self.workspace, conversation, message))
        return message

    async def edit(self, conversation: Conversation, message: Message, raw: str) -> None:
        """Change one's own message (message_changed)."""
        if message.user != self.user.id:
            raise allowed.Refused("only one's own messages can be edited")
        typed = posting.by_person(self.workspace, conversation, self.user.id, raw)
        new = {"text": typed.text, "blocks": typed.blocks}
        await _done(posting.change(self.workspace, conversation, message, new, self.user.id))

    async def upload(
        self,
        conversation: Conversation,
        name: str,
        data: bytes,
        comment: str = "",
        thread_ts: str = "",
    ) -> Message:
        """Share a file, with or without a word (subtype file_share)."""
        allowed.may_write(self.workspace, self.user, conversation, comment)
        message = posting.by_person(self.workspace, conversation, self.user.id, comment)
        message.subtype, message.files = "file_share", [self.stores(name, data)]
        message.thread_ts = self._thread(conversation, thread_ts)
        await _done(posting.post(self.workspace, conversation, message))
        return message

    def stores(self, name: str, data: bytes) -> Json:
        """Send a file to Slack without sharing it yet; its object."""
        allowed.is_active(self.user)
        made = sharing.new_file(self.workspace, name, self.user.id, len(data))
        sharing.keep(self.workspace, made, data)
        return made

    def _thread(self, conversation: Conversation, thread_ts: str) -> str:
        """The root's ts of a thread that is answered; Refused when it is gone."""
        parent = conversation.find(thread_ts) if thread_ts else None
        if thread_ts and parent is None:
            raise allowed.Refused("that message is gone")
        if parent is None:
            return ""
        parent.thread_ts = parent.thread_ts or parent.ts
        return parent.thread_ts

    def delete(self, conversation: Conversation, message: Message) -> None:
        """Take back one's own message, or dismiss what only oneself can see."""
        if self.user.id not in (message.user, message.only_for):
            raise allowed.Refused("only one's own messages can be deleted")
        posting.remove(self.workspace, conversation, message)

    async def command(self, line: str, conversation: Conversation | None = None) -> None:
        """A slash command as typed; returns when it was acked or Slack gave up."""
        where = conversation or self.app_dm
        allowed.may_be_in(self.user, where)
        name, _, text = line.partition(" ")
        if not self.workspace.manifest.command(name) and await own_commands.run(
            self, where, name, text
        ):
            return
        await interactions.run_command(self.workspace, self.user, where, name, text.strip())

    def set_status(self, text: str, emoji: str = "", until: datetime | None = None) -> None:
        """Change what the profile says one is up to (user_change); an empty text clears it."""
        allowed.is_active(self.user)
        self.workspace.set_status(self.user.id, text, emoji, until)

    # -- operating

    async def open_home(self) -> None:
        """Look at the app's Home tab (app_home_opened)."""
        self.home_order = self.workspace.next_order()
        await _done(self.workspace.emit(events.app_home_opened(self.workspace, self.user, "home")))

    async def open_messages(self) -> None:
        """Look at the app's Messages tab (app_home_opened, tab messages)."""
        event = events.app_home_opened(self.workspace, self.user, "messages")
        await _done(self.workspace.emit(event))

    async def press(self, surface: Surface, control: Control) -> None:
        """Press a button (one with an address opens it and tells the app all the same)."""
        element = control.element
        shown = ("text", "value", "style", "url")
        action: Json = {key: element[key] for key in shown if key in element}
        await self._act(surface, control, action)

    async def choose_overflow(self, surface: Surface, control: Control, option: Json) -> None:
        """Choose from an overflow menu."""
        await self._act(surface, control, {"selected_option": option})

    async def set(self, surface: Surface, control: Control, value: Any) -> None:
        """Type or choose a value, in the form state.values keeps it; tells the app where due.

        Dates and times may be `date`, `time` and aware `datetime` objects. Raises Refused for an
        option that is not offered.
        """
        value = self.hold(surface, control, value)
        if control.dispatches:
            await self._act(surface, control, {VALUES[control.kind][0]: value})

    def hold(self, surface: Surface, control: Control, value: Any) -> Any:
        """Only what is on the screen: a value half typed, of which the app hears nothing yet."""
        value = allowed.fitting(control, value)
        allowed.is_known(self.workspace, control, value)
        surfaces.find(surface, control.block_id, control.action_id)
        made = held(control.kind, value)
        surface.state.setdefault(control.block_id, {})[control.action_id] = made
        self.workspace.changes.add("typed", users=frozenset([self.user.id]))
        return value

    async def submit(self, view: View) -> bool:
        """Press the modal's submit button; False when Slack's client itself found an error."""
        allowed.is_open(self.workspace, self.user, view)
        view.errors, view.trouble = entry.problems(view), ""
        if view.errors:
            self.workspace.changes.add("view", users=frozenset([self.user.id]))
            return False
        await interactions.submit_view(self.workspace, self.user, view)
        return True

    async def close(self, view: View, *, everything: bool = False) -> None:
        """Close a modal (or, in its corner, the whole stack)."""
        allowed.is_open(self.workspace, self.user, view)
        cleared = everything or bool(view.given.get("clear_on_close"))
        await interactions.close_view(self.workspace, self.user, view, cleared=cleared)

    async def shortcut(self, callback_id: str) -> bool:
        """Run a global shortcut; False when the app did not answer."""
        allowed.is_offered(self.workspace, callback_id, "global")
        return await interactions.run_shortcut(self.workspace, self.user, callback_id)

    async def message_shortcut(self, callback_id: str, surface: MessageSurface) -> bool:
        """Run a shortcut on a message; False when the app did not answer."""
        allowed.is_offered(self.workspace, callback_id, "message")
        return await interactions.run_message_shortcut(
            self.workspace, self.user, callback_id, surface.conversation, surface.message
        )

    async def _act(self, surface: Surface, control: Control, value: Json) -> None:
        surfaces.find(surface, control.block_id, control.action_id)
        action = {
            "type": control.kind,
            "action_id": control.action_id,
            "block_id": control.block_id,
            **value,
            "action_ts": self.workspace.next_ts(),
        }
        if isinstance(surface, ViewSurface):
            await interactions.act_in_view(self.workspace, self.user, surface.view, action)
            return
        allowed.may_be_in(self.user, surface.conversation)
        await interactions.act_in_message(
            self.workspace, self.user, surface.conversation, surface.message, action
        )


async def _done(task: Any) -> None:
    if task is not None:
        await asyncio.wait([task])
