"""Coming into a channel and leaving it, and what happens to the channel itself.

Each function returns the delivery of its event, or None when the app does not hear of it. Slack
also leaves a line in the channel (subtypes channel_join, channel_leave, …).
"""

from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.conversations import Conversation
from bot.sandbox.wire import events

if TYPE_CHECKING:
    import asyncio

    from bot.sandbox.workspace import Workspace

    Delivery = asyncio.Task[None] | None


def join(
    ws: "Workspace", conversation: Conversation, user_id: str, inviter: str = ""
) -> "Delivery":
    """Somebody comes into a channel, by themselves or invited (member_joined_channel)."""
    conversation.members.append(user_id)
    conversation.read[user_id] = ws.next_order()
    ws.changes.add("channel", conversation.id)
    event = events.membership(ws, "member_joined_channel", conversation, user_id, inviter)
    told = ws.emit(event)
    posting.line(ws, conversation, user_id, "channel_join", f"<@{user_id}> has joined the channel")
    return told


def leave(ws: "Workspace", conversation: Conversation, user_id: str, actor: str = "") -> "Delivery":
    """Somebody leaves, or is removed by `actor` (member_left_channel).

    The app itself never hears member_left_channel of its own leaving, but channel_left or
    group_left.
    """
    conversation.members.remove(user_id)
    ws.changes.add("channel", conversation.id)
    ws.changes.add("channel", conversation.id, frozenset([user_id]))
    if user_id == ws.bot_user_id:
        told = ws.emit(events.app_left(ws, conversation, actor or user_id))
    else:
        told = ws.emit(events.membership(ws, "member_left_channel", conversation, user_id))
    posting.line(ws, conversation, user_id, "channel_leave", f"<@{user_id}> has left the channel")
    return told


def archive(ws: "Workspace", conversation: Conversation, user_id: str) -> "Delivery":
    """A channel is closed (channel_archive, group_archive)."""
    text = f"<@{user_id}> archived the channel"
    posting.line(ws, conversation, user_id, "channel_archive", text)
    conversation.archived = True
    ws.changes.add("channel", conversation.id)
    return ws.emit(events.about_channel(ws, "archive", conversation, user_id))


def unarchive(ws: "Workspace", conversation: Conversation, user_id: str) -> "Delivery":
    """A channel is opened again (channel_unarchive, group_unarchive)."""
    conversation.archived = False
    ws.changes.add("channel", conversation.id)
    told = ws.emit(events.about_channel(ws, "unarchive", conversation, user_id))
    text = f"<@{user_id}> un-archived the channel"
    posting.line(ws, conversation, user_id, "channel_unarchive", text)
    return told


def rename(ws: "Workspace", conversation: Conversation, name: str, user_id: str = "") -> "Delivery":
    """A channel gets another name (channel_rename, group_rename); its id stays."""
    was, conversation.name = conversation.name, name
    conversation.previous_names.insert(0, was)
    ws.changes.add("channel", conversation.id)
    told = ws.emit(events.renamed(ws, conversation))
    if user_id:
        text = f"<@{user_id}> has renamed the channel from “{was}” to “{name}”"
        posting.line(ws, conversation, user_id, "channel_name", text)
    return told
