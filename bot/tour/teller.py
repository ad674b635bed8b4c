"""Telling a story as it happens: what people do, and what appears on whose screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule

from bot.rehearsal import Rehearsal
from bot.sandbox.conversations import Message
from bot.sandbox.markup import read
from bot.sandbox.screen.person import Person

WIDTH = 100  # characters of a message that are told


class Actor(Person):
    """A person whose every act is told before it happens."""

    def __init__(self, rehearsal: Rehearsal, handle: str, console: Console) -> None:
        super().__init__(rehearsal.workspace, handle)
        self._clock = rehearsal.clock
        self._console = console

    def does(self, what: str) -> None:
        """Tell of an act, with this person's own local time."""
        at = local(self._clock.now(), self.user.tz)
        self._console.print(f"[dim]{at}[/]  [bold]{escape(self.user.name)}[/] {escape(what)}")


class Teller:
    """Prints what is new on people's screens, each message once, and gives out actors."""

    def __init__(self, console: Console, rehearsal: Rehearsal) -> None:
        self.console = console
        self.rehearsal = rehearsal
        self._told: dict[tuple[str, str], str] = {}
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._watching is not None
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        self._look()

    def actor(self, handle: str) -> Actor:
        """Somebody who takes part."""
        return Actor(self.rehearsal, handle, self.console)

    def chapter(self, title: str) -> None:
        """Begin a new part of the story."""
        self.console.print()
        self.console.print(Rule(f"[bold]{escape(title)}[/]", align="left", style="dim"))

    @asynccontextmanager
    async def scene(self) -> AsyncIterator[None]:
        """Something happens, and everything that follows from it at once is told."""
        yield
        await self.rehearsal.settle()
        self._look()

    async def passes(self, by: timedelta, why: str) -> None:
        """Time goes by."""
        self.console.print(f"[dim italic]        … {escape(why)}[/]")
        await self.rehearsal.advance(by)
        self._look()

    async def until(self, moment: datetime, why: str) -> None:
        """Time goes by until `moment` (UTC)."""
        await self.passes(moment - self.rehearsal.clock.now(), why)

    async def _watch(self) -> None:
        changes = self.rehearsal.workspace.changes
        while True:
            seq = changes.seq
            self._look()
            await changes.wait(seq)

    def _look(self) -> None:
        for conversation in self.rehearsal.workspace.conversations.values():
            for message in conversation.messages:
                if not message.bot_id or message.only_for:
                    continue
                key = (message.channel, message.ts)
                if key not in self._told:
                    self._tell(message, sorted(conversation.members))
                self._told[key] = message.text

    def _tell(self, message: Message, members: list[str]) -> None:
        users = self.rehearsal.workspace.users
        readers = [users[each] for each in members if not users[each].is_bot]
        names = " and ".join(each.name for each in readers)
        at = local(datetime.fromtimestamp(float(message.ts), ZoneInfo("UTC")), readers[0].tz)
        text = " ".join(read(self.rehearsal.workspace, message.text, readers[0]).split())
        short = text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
        self.console.print(f"[dim]{at}[/]  [cyan]→ {escape(names)}[/]: {escape(short)}")


def local(moment: datetime, zone: str) -> str:
    """A moment on somebody's own clock: "Mon 09:30"."""
    return moment.astimezone(ZoneInfo(zone or "UTC")).strftime("%a %H:%M")
