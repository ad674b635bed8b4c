"""The workspace's own record: every message of the app, with its moment and who could read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the app. `jobs` are those whose ids it carries, `readers` Slack user ids."""

    at: datetime
    where: str
    kind: str  # im, mpim or channel
    readers: frozenset[str]
    jobs: frozenset[int]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody, as the workspace knows them; `left_at` when they were deactivated. Since
    `joined_at` they take part in a programme of this `country` (ISO 3166)."""

    slack_id: str
    zone: str
    left_at: datetime | None = None
    country: str = ""
    joined_at: datetime | None = None


def read(workspace: Workspace) -> list[Said]:
    """Everything that the app said, oldest first."""
    found = [
        _said(workspace, room, message)
        for room in workspace.conversations.values()
        for message in room.messages
        if message.user == workspace.bot_user_id and not message.only_for
    ]
    return sorted(found, key=lambda said: said.at)


def colleagues(workspace: Workspace, left: dict[str, datetime]) -> dict[str, Colleague]:
    """Everybody by Slack id; `left` by handle."""
    return {u.id: Colleague(u.id, u.tz, left.get(u.handle)) for u in workspace.people}


def _said(workspace: Workspace, room: Conversation, message: Message) -> Said:
    seconds, _, micros = message.ts.partition(".")
    return Said(
        at=datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(micros)),
        where=room.id,
        kind=room.kind,
        readers=frozenset(room.members) - {workspace.bot_user_id},
        jobs=frozenset(_jobs(message)),
        text=message.text,
    )


def _jobs(message: Message) -> Iterator[int]:
    if message.metadata:
        yield int(message.metadata["event_payload"]["job"])
    yield from _marks(str(file.get("name") or "") for file in message.files)


def _marks(names: Iterable[str]) -> Iterator[int]:
    """The jobs that uploaded these files: "people-7.csv" is of job 7."""
    for name in names:
        mark = PurePosixPath(name).stem.rpartition("-")[2]
        if mark.isdecimal():
            yield int(mark)
