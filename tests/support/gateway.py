"""A gateway that records what it was asked to say, and fails when told to."""

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from bot.slack.calls import Sure
from bot.slack.errors import Permanent
from bot.slack.files import Attachment
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.slack.people import SlackUser

SOMEBODY = SlackUser(
    id="",
    team_id="",
    name="Ada",
    tz="Europe/London",
    locale="en-GB",
    title="",
    deleted=False,
    is_bot=False,
    is_restricted=False,
    is_ultra_restricted=False,
    is_stranger=False,
)


@dataclass(slots=True)
class Said:
    """A message as it stands in a conversation, and how it got there."""

    channel: str
    ts: str
    job: int | None
    versions: list[str]  # the fallback text, as posted and after each update
    thread_ts: str | None = None
    files: tuple[Attachment, ...] = ()

    @property
    def text(self) -> str:
        return self.versions[-1]


@dataclass(slots=True)
class RecordingGateway:
    """Slack's part, in memory. `fail` tells it to fail; `meanwhile` runs inside each call."""

    said: list[Said] = field(default_factory=list)
    opened: list[tuple[str, ...]] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)  # the jobs that were searched for
    asked: list[str] = field(default_factory=list)  # the people who were asked about
    people: dict[str, dict[str, Any]] = field(default_factory=dict)  # what is not as with SOMEBODY
    listings: int = 0  # how often everyone was listed
    deleted: list[str] = field(default_factory=list)  # the files that were, by their ids
    files: dict[str, bytes] = field(default_factory=dict)  # what may be downloaded
    gone: dict[tuple[str, str], str] = field(default_factory=dict)  # messages that were deleted
    closed: dict[str, str] = field(default_factory=dict)  # channels that take nothing, and the code
    meanwhile: Callable[[], Awaitable[None]] | None = None
    while_waiting: Callable[[], Awaitable[None]] | None = None  # once, before a call's turn comes
    while_opening: Callable[[], Awaitable[None]] | None = None  # runs inside `open_dm`
    _failures: dict[str, deque[tuple[Exception, bool]]] = field(
        default_factory=lambda: defaultdict(deque)
    )

    def fail(self, call: str, error: Exception, *, after_effect: bool = False) -> None:
        """The next `call` ("post", "update", "open_dm", "find_posted") raises, done or undone."""
        self._failures[call].append((error, after_effect))

    def fail_always(self, call: str, error: Exception, times: int = 1000) -> None:
        """Every `call` raises, without having done anything."""
        self._failures[call].extend([(error, False)] * times)

    def at_once(self) -> Self:
        """The same: nothing is waited for here."""
        return self

    def recover(self) -> None:
        """Nothing fails any more."""
        self._failures.clear()

    def texts(self, channel: str | None = None) -> list[str]:
        """What stands in Slack now, in the order it was posted."""
        return [said.text for said in self.said if channel in (None, said.channel)]

    def of_job(self, job_id: int) -> list[Said]:
        """The messages that carry this job's id: one, if all is well."""
        return [said for said in self.said if said.job == job_id]

    async def _turn(self, sure: Sure | None) -> None:
        waiting, self.while_waiting = self.while_waiting, None
        if waiting is not None:
            await waiting()
        if sure is not None:
            await sure()

    async def post(
        self,
        channel: str,
        message: Message,
        *,
        metadata_id: int | None = None,
        thread_ts: str | None = None,
        sure: Sure | None = None,
    ) -> Posted:
        await self._turn(sure)
        failure = self._next_failure("post")
        self._look_for(channel, thread_ts)
        if self.meanwhile is not None:
            await self.meanwhile()
        ts = f"1700000000.{len(self.said) + 1:06}"
        self.said.append(Said(channel, ts, metadata_id, [message.text], thread_ts))
        if failure is not None:
            raise failure
        return Posted(channel, ts)

    async def update(
        self, channel: str, ts: str, message: Message, *, sure: Sure | None = None
    ) -> Posted:
        await self._turn(sure)
        failure = self._next_failure("update")
        if self.meanwhile is not None:
            await self.meanwhile()
        for said in self.said:
            if (said.channel, said.ts) == (channel, ts):
                said.versions.append(message.text)
        if failure is not None:
            raise failure
        return Posted(channel, ts)

    async def upload(
        self,
        channel: str,
        attachments: Sequence[Attachment],
        *,
        mark: int,
        thread_ts: str | None = None,
        message: Message | None = None,
        sure: Sure | None = None,
    ) -> Posted:
        await self._turn(sure)
        failure = self._next_failure("upload")
        self._look_for(channel, thread_ts)
        ts = f"1700000000.{len(self.said) + 1:06}"
        self.said.append(
            Said(
                channel, ts, mark, [message.text if message else ""], thread_ts, tuple(attachments)
            )
        )
        if failure is not None:
            raise failure
        return Posted(channel, f"F{mark}")

    async def delete_file(self, file_id: str) -> None:
        failure = self._next_failure("delete_file")
        self.deleted.append(file_id)
        if failure is not None:
            raise failure

    async def download(self, file_id: str) -> bytes:
        failure = self._next_failure("download")
        if failure is not None:
            raise failure
        return self.files[file_id]

    async def open_dm(self, user_ids: list[str]) -> str:
        self.opened.append(tuple(user_ids))
        if self.while_opening is not None:
            await self.while_opening()
        failure = self._next_failure("open_dm")
        if failure is not None:
            raise failure
        return ("D" if len(user_ids) == 1 else "G") + "".join(sorted(user_ids))

    async def user(self, user_id: str) -> SlackUser:
        self.asked.append(user_id)
        failure = self._next_failure("user")
        if failure is not None:
            raise failure
        return replace(SOMEBODY, id=user_id, **self.people.get(user_id, {}))

    async def everyone(self) -> AsyncIterator[SlackUser]:
        self.listings += 1
        failure = self._next_failure("everyone")
        if failure is not None:
            raise failure
        for user_id, facts in self.people.items():
            yield replace(SOMEBODY, id=user_id, **facts)

    async def find_posted(
        self, channel: str, metadata_id: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        found = self._find("find_posted", channel, metadata_id, thread_ts)
        return None if self._files_of(metadata_id) else found  # they carry no metadata

    async def find_files(
        self, channel: str, mark: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        found = self._find("find_files", channel, mark, thread_ts)
        return Posted(channel, f"F{mark}") if found and self._files_of(mark) else None

    def _find(self, call: str, channel: str, job_id: int, thread_ts: str | None) -> Posted | None:
        self.looked.append(job_id)
        failure = self._next_failure(call)
        if failure is not None:
            raise failure
        self._look_for(channel, thread_ts)
        found = [
            said
            for said in self.of_job(job_id)
            if said.channel == channel and thread_ts in (None, said.thread_ts)
        ]
        return Posted(channel, found[0].ts) if found else None

    def _files_of(self, mark: int) -> bool:
        return any(said.files for said in self.of_job(mark))

    def _look_for(self, channel: str, thread_ts: str | None) -> None:
        """Refuses a closed channel, and a thread whose first message somebody deleted."""
        if channel in self.closed:
            raise Permanent(self.closed[channel])
        if thread_ts is not None and (code := self.gone.get((channel, thread_ts))):
            raise Permanent(code)

    def _next_failure(self, call: str) -> Exception | None:
        """Raises what fails before its effect; returns what fails after it."""
        if not self._failures[call]:
            return None
        error, after_effect = self._failures[call].popleft()
        if after_effect:
            return error
        raise error
