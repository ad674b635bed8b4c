"""What it takes to say something: the facts, the way out, the words, and one's own name."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.clock import steady
from bot.meter import UNMEASURED, Meter
from bot.scheduling import steps
from bot.services.context import Context
from bot.slack.calls import Sure
from bot.slack.files import Attachment
from bot.slack.gateway import Posted
from bot.slack.lines import Line, Lines
from bot.slack.message import Message
from bot.slack.people import SlackUser


class Post(Protocol):
    """The part of `bot.slack.gateway.Gateway` that jobs use."""

    async def post(
        self,
        channel: str,
        message: Message,
        *,
        metadata_id: int | None = None,
        thread_ts: str | None = None,
        sure: Sure | None = None,
    ) -> Posted: ...

    async def update(
        self, channel: str, ts: str, message: Message, *, sure: Sure | None = None
    ) -> Posted: ...

    async def upload(
        self,
        channel: str,
        attachments: Sequence[Attachment],
        *,
        mark: int,
        thread_ts: str | None = None,
        message: Message | None = None,
        sure: Sure | None = None,
    ) -> Posted: ...

    async def delete_file(self, file_id: str) -> None: ...

    async def download(self, file_id: str) -> bytes: ...

    async def open_dm(self, user_ids: list[str]) -> str: ...

    async def user(self, user_id: str) -> SlackUser: ...

    def everyone(self) -> AsyncIterator[SlackUser]: ...

    async def find_posted(
        self, channel: str, metadata_id: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None: ...

    async def find_files(
        self, channel: str, mark: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None: ...


class Words(steps.Words, Protocol):
    """The part of `bot.slack.templates.Templates` that jobs use."""

    def to(self, *locales: str) -> "Words": ...

    def every(self) -> Sequence["Words"]: ...

    def message(self, name: str, /, **facts: Any) -> Message: ...


async def always_quiet() -> None:
    """Nobody else needs this process."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One process's place to work at. `me` names the process, and signs its leases.

    `quiet` returns when nobody waits for an answer from this process, or has waited long enough:
    whoever clicks or types is served before what can be said a moment later. With `many` the way
    out is another one for each workspace: `at` gives the desk for it. `steady` is the watch by
    which leases are trusted.
    """

    ctx: Context
    gateway: Post
    templates: Words
    me: str
    quiet: Callable[[], Awaitable[None]] = always_quiet
    many: Lines | None = None
    line: Line | None = None
    meter: Meter = UNMEASURED
    steady: Callable[[], float] = steady

    async def at(self, workspace_id: int) -> "Desk":
        """The same desk for one workspace. Raises NoLine when Lantern is not installed there."""
        if self.many is None:
            return self
        line = await self.many.to_workspace(workspace_id)
        return replace(self, gateway=line.gateway, line=line)
