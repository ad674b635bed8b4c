"""Coming into a channel and leaving it, and what happens to the channel itself."""

from typing import TYPE_CHECKING

from bot.sandbox import events
from bot.sandbox.conversations import Conversation

if TYPE_CHECKING:
    import asyncio

    from bot.sandbox.workspace import Workspace


def join(
    ws: "Workspace", conversation: Conversation, user_id: str, inviter: str = ""
) -> "asyncio.Task[None] | None":
    """Somebody comes into a channel; returns the delivery of its event."""
    conversation.members.append(user_id)
    conversation.read[user_id] = ws.next_order()
    ws.changes.add("channel", conversation.id)
    event = events.membership(ws, "member_joined_channel", conversation, user_id, inviter)
    return ws.emit(event)


def leave(ws: "Workspace", conversation: Conversation, user_id: str) -> "asyncio.Task[None] | None":
    """Somebody leaves a channel; returns the delivery of its event."""
    event = events.membership(ws, "member_left_channel", conversation, user_id)
    task = ws.emit(event)
    conversation.members.remove(user_id)
    ws.changes.add("channel", conversation.id)
    return task


def archive(
    ws: "Workspace", conversation: Conversation, user_id: str
) -> "asyncio.Task[None] | None":
    """A channel is closed for good (channel_archive)."""
    conversation.archived = True
    ws.changes.add("channel", conversation.id)
    found = {"type": "channel_archive", "channel": conversation.id, "user": user_id}
    return ws.emit(found | {"event_ts": ws.next_ts()})


def rename(ws: "Workspace", conversation: Conversation, name: str) -> "asyncio.Task[None] | None":
    """A channel gets another name (channel_rename); its id stays."""
    conversation.name = name
    ws.changes.add("channel", conversation.id)
    about = {"id": conversation.id, "name": name, "created": conversation.created}
    return ws.emit({"type": "channel_rename", "channel": about, "event_ts": ws.next_ts()})
