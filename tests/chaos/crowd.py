"""The people: each looks into Slack now and then, answers some of what is there, asks, and leaves.

They press what is on their screens, whatever it is; so every button that Lantern shows is pressed
by somebody, whose process may die at that moment. Nobody waits for an answer.
"""

import asyncio
import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from random import Random

from bot.sandbox.blockkit.controls import Control, controls, options_of, text_of
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.surfaces import MessageSurface
from bot.sandbox.workspace import Workspace
from tests.chaos.forms import Forms

GLADLY = re.compile(
    r"help|yes|join|set a time|find a time|approve|write|send|thank|ready|good", re.I
)
RARELY = re.compile(
    r"cancel|leave|stop|pause|skip|decline|no\b|not|take it back|end|forget|delete|drop|run|beyond"
    r"|break|somebody else|throw|veto|swap|list|programme|edit|change",
    re.I,
)
NEVER = re.compile(r"harassment|csv|file|upload", re.I)
COMMANDS = ("flash", "flash", "flash", "taster", "offer", "offer", "sessions", "home", "reverse")
IGNORES = 0.2  # of what is on the screen
LOOKS_BACK = 8  # messages in a conversation
ROOMS = 3  # group conversations, the latest
OPENS_WITHIN = 0.1  # real seconds that somebody waits for a form
LEAVES_FOR_GOOD = 0.0004  # of all visits
ASKS = 0.06


class Crowd:
    """Everybody. `left` says who was deactivated when (simulated time)."""

    def __init__(self, workspace: Workspace, chance: Random) -> None:
        self._workspace = workspace
        self._chance = chance
        self._forms = Forms(chance)
        self._clients = {u.handle: Client(workspace, u.handle) for u in workspace.people}
        self._rooms: dict[str, list[Conversation]] = defaultdict(list)
        self._known = 0
        self._answered: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.left: dict[str, datetime] = {}
        self.did: Counter[str] = Counter()

    @property
    def handles(self) -> list[str]:
        """Those who still work there."""
        return [one for one in self._clients if one not in self.left]

    async def visit(self, handle: str) -> None:
        """Somebody looks into Slack: answers, perhaps asks for something, perhaps leaves."""
        if handle in self.left:
            return
        client = self._clients[handle]
        try:
            await self._forms_left_open(client)
            for surface in self._news(client):
                await self._answer(client, surface)
            if self._chance.random() < ASKS:
                await self._asks(client)
            if self._chance.random() < LEAVES_FOR_GOOD and not handle.startswith("lead"):
                self._leaves(client)
        except (Refused, LookupError, AssertionError, ValueError) as stumbled:
            # What one saw changed meanwhile; people shrug and go on.
            self.did[f"stumbled: {type(stumbled).__name__}"] += 1

    # -- answering

    def _news(self, client: Client) -> list[MessageSurface]:
        """What has something to press, and was not pressed as it is now."""
        self._note_new_rooms()
        rooms = sorted(self._rooms[client.user.id], key=_latest)[-ROOMS:]
        done, found = self._answered[client.user.id], []
        for room in (client.app_dm, *rooms):
            for message in room.messages[-LOOKS_BACK:]:
                if not message.blocks or message.user != self._workspace.bot_user_id:
                    continue
                if message.only_for not in ("", client.user.id):
                    continue
                if (message.ts, message.order) not in done:
                    found.append(MessageSurface(self._workspace, client.user, room, message))
        return found

    def _note_new_rooms(self) -> None:
        rooms = list(self._workspace.conversations.values())
        for room in rooms[self._known :]:
            if room.kind != "im":
                for member in room.members:
                    self._rooms[member].append(room)
        self._known = len(rooms)

    async def _answer(self, client: Client, surface: MessageSurface) -> None:
        message = surface.message
        self._answered[client.user.id].add((message.ts, message.order))
        if self._chance.random() < IGNORES or not _stands(surface.conversation, message):
            return
        choices = [c for c in controls(surface.blocks) if c.kind in ("button", "checkboxes")]
        weights = [self._weight(choice) for choice in choices]
        if self._chance.random() >= max(weights, default=0.0):
            return  # what is rarely wanted is not pressed for want of anything else
        control = self._chance.choices(choices, weights)[0]
        if control.kind == "checkboxes":
            offered = options_of(control.element)
            ticked = self._chance.sample(offered, self._chance.randint(1, len(offered)))
            await client.set(surface, control, ticked)
            self.did["ticked"] += 1
            return
        await client.press(surface, control)
        self.did["pressed"] += 1
        await self._fills_what_opens(client)

    def _weight(self, control: Control) -> float:
        if control.kind == "checkboxes":
            return 4.0
        label = text_of(control.element["text"])
        if NEVER.search(label):
            return 0.0
        if GLADLY.search(label):
            return 10.0
        return 0.2 if RARELY.search(label) else 1.0

    # -- forms

    async def _fills_what_opens(self, client: Client) -> None:
        changes = self._workspace.changes
        try:
            async with asyncio.timeout(OPENS_WITHIN):
                while not client.modals:
                    await changes.wait(changes.seq, client.user.id)
        except TimeoutError:
            return
        await self._forms_left_open(client)

    async def _forms_left_open(self, client: Client) -> None:
        for _ in range(3):
            if not client.modals:
                return
            modal = client.modals[-1]
            if not modal.view.given.get("submit"):
                break
            await self._forms.fill(client, modal, self._workspace.clock.now())
            if client.modals and client.modals[-1].view is modal.view:
                await client.submit(modal.view)
                self.did["submitted"] += 1
        if client.modals and self._chance.random() < 0.7:
            await client.close(client.modals[-1].view, everything=True)

    # -- asking and leaving

    async def _asks(self, client: Client) -> None:
        what = self._chance.choice(COMMANDS)
        if what == "home":
            await client.open_home()
        else:
            await client.command(f"/mentoring {what}")
            await self._fills_what_opens(client)
        self.did[f"asked: {what}"] += 1

    def _leaves(self, client: Client) -> None:
        self._workspace.deactivate(client.user.handle)
        self.left[client.user.handle] = self._workspace.clock.now() + timedelta(seconds=1)


def _latest(room: Conversation) -> int:
    return room.messages[-1].order if room.messages else 0


def _stands(room: Conversation, message: Message) -> bool:
    return message in room.messages[-LOOKS_BACK:]
