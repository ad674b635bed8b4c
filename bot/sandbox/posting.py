"""Saying, changing and taking back messages, with the events that follow."""

import uuid
from typing import TYPE_CHECKING, Any

from bot.sandbox import markup, sharing
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.shapes import SLACKBOT, Json
from bot.sandbox.traffic import Broadcast
from bot.sandbox.wire import events

if TYPE_CHECKING:
    import asyncio

    from bot.sandbox.workspace import Workspace


def post(
    ws: "Workspace", conversation: Conversation, message: Message
) -> "asyncio.Task[None] | None":
    """Put a message into its conversation; returns the delivery of its event, if there is one."""
    message.order = message.posted = ws.next_order()
    conversation.messages.append(message)
    conversation.read[message.user] = message.order
    _note_broadcasts(ws, message)
    sharing.note_share(ws, conversation, message)
    _changed(ws, conversation, message)
    if message.only_for:
        return None
    return ws.emit(events.message(ws, conversation, message))


def by_app(ws: "Workspace", conversation: Conversation, **fields: Any) -> Message:
    """A new message of the app, not yet posted."""
    return Message(
        ts=ws.next_ts(),
        channel=conversation.id,
        user=ws.bot_user_id,
        bot_id=ws.bot_id,
        app_id=ws.app_id,
        **fields,
    )


def by_person(ws: "Workspace", conversation: Conversation, user_id: str, raw: str) -> Message:
    """A new message as a person typed it, not yet posted."""
    text = markup.encode(ws, raw)
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": raw}]}
    rich = {"type": "rich_text", "block_id": uuid.uuid4().hex[:5], "elements": [section]}
    message = Message(ts=ws.next_ts(), channel=conversation.id, user=user_id, text=text)
    message.client_msg_id = str(uuid.uuid4())
    message.blocks = [rich] if raw else None
    return message


def line(
    ws: "Workspace", conversation: Conversation, user_id: str, subtype: str, text: str
) -> None:
    """Slack's own line in a channel: somebody joined, renamed it, …"""
    post(ws, conversation, Message(ws.next_ts(), conversation.id, user_id, text, subtype=subtype))


def notice(ws: "Workspace", conversation: Conversation, user_id: str, text: str) -> Message:
    """Slackbot's word to one person, in an ephemeral message."""
    message = Message(
        ws.next_ts(), conversation.id, SLACKBOT, markup.escape(text), only_for=user_id
    )
    post(ws, conversation, message)
    return message


def change(
    ws: "Workspace", conversation: Conversation, message: Message, changes: Json, editor: str
) -> "asyncio.Task[None] | None":
    """Give a message new text, blocks or metadata; `editor` is the user id who does it."""
    was = message.as_api()
    for key, value in changes.items():
        setattr(message, key, value)
    if not message.only_for:
        message.edited = {"user": editor, "ts": ws.next_ts()}
    message.order = ws.next_order()
    for drawn in [k for k in ws.message_state if k[:2] == (conversation.id, message.ts)]:
        # A person's ticks in a message are drawn anew from what the app now says.
        del ws.message_state[drawn]
    _note_broadcasts(ws, message)
    _changed(ws, conversation, message)
    if message.only_for:
        return None
    return ws.emit(events.message_changed(ws, conversation, message, was))


def remove(ws: "Workspace", conversation: Conversation, message: Message) -> None:
    """Delete a message."""
    conversation.messages.remove(message)
    _changed(ws, conversation, message)
    if not message.only_for:
        ws.emit(events.message_deleted(ws, conversation, message))


def _changed(ws: "Workspace", conversation: Conversation, message: Message) -> None:
    readers = [message.only_for] if message.only_for else conversation.members
    ws.changes.add("message", conversation.id, frozenset(readers))


def _note_broadcasts(ws: "Workspace", message: Message) -> None:
    blocks = None if message.client_msg_id else message.blocks
    for what in markup.broadcasts(message.text, blocks):
        ws.broadcasts.append(Broadcast(what, message.user, message.channel, message.ts))
