"""What a person does to the app: payloads out, and what the ack brings back."""

from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.blockkit.controls import controls
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.people import User
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.stack import answer_submission, take_off
from bot.sandbox.views import View
from bot.sandbox.wire import payloads
from bot.sandbox.wire.ack import Envelope, NoAck
from bot.sandbox.wire.hooks import Hook

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
ERRORS = {"timeout": "operation_timeout", "http_error": "dispatch_failed"}


async def run_command(
    ws: "Workspace", user: User, conversation: Conversation, name: str, raw: str
) -> None:
    """A slash command; the person's screen shows the answer, or Slack's own error."""
    command = ws.manifest.command(name)
    if command is None or not ws.installed:
        posting.notice(ws, conversation, user.id, f"{name} is not a valid command.")
        return
    payload = payloads.command(ws, user, conversation, command, raw)
    try:
        ack = await ws.delivery.ask(Envelope("slash_commands", payload, accepts_response=True))
        if ack.body:
            ws.hooks.say(Hook(user.id, conversation.id, ws.clock.wall()), ack.body)
    except NoAck as lost:
        error = ERRORS.get(lost.reason, "dispatch_failed")
        posting.notice(ws, conversation, user.id, f'{name} failed with the error "{error}"')
    except SlackError as refused:
        error = f'{name} failed with the error "{refused.error}"'
        posting.notice(ws, conversation, user.id, error)


async def act_in_message(
    ws: "Workspace", user: User, conversation: Conversation, message: Message, action: Json
) -> None:
    """A click, tick or choice in a message."""
    payload = payloads.start(ws, user, "block_actions") | {
        "container": payloads.container(conversation, message),
        "trigger_id": ws.triggers.issue(user.id),
        "channel": payloads.channel(conversation),
        "state": {"values": ws.message_state.get((conversation.id, message.ts, user.id), {})},
        "response_url": ws.hooks.issue(user.id, conversation.id, message.ts),
        "actions": [action],
    }
    if not message.only_for:
        payload["message"] = message.as_api() | conversation.thread_facts(message)
    try:
        await ws.delivery.ask(Envelope("interactive", payload))
    except NoAck:
        name = ws.manifest.app_name
        posting.notice(ws, conversation, user.id, f"{name} is not responding. {TROUBLE}")


async def act_in_view(ws: "Workspace", user: User, view: View, action: Json) -> None:
    """A click, tick or choice in a modal or on the Home tab."""
    payload = payloads.start(ws, user, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": ws.triggers.issue(user.id, view.id if view.kind == "modal" else ""),
        "view": payloads.shown(ws, view),
        "actions": [action],
    }
    await _ask_in_view(ws, user, view, payload)


async def submit_view(ws: "Workspace", user: User, view: View) -> None:
    """Press the modal's submit button; files that were put in are the app's to read from then
    on."""
    for control in controls(view.blocks):
        if control.kind == "file_input":
            held = view.typed[control.block_id][control.action_id]
            ws.files.submitted.update(file["id"] for file in held["files"])
    payload = payloads.start(ws, user, "view_submission") | {
        "trigger_id": ws.triggers.issue(user.id, view.id),
        "view": payloads.shown(ws, view),
        "response_urls": [],
    }
    body = await _ask_in_view(ws, user, view, payload)
    if body is None:
        return
    try:
        answer_submission(ws, user, view, body)
    except SlackError as refused:
        # Slack drops an answer it cannot draw and tells the person only that it went wrong.
        view.trouble = TROUBLE
        made = ws.record("out", "interactive", "view_submission answer", body)
        made.outcome, made.answer = refused.error, refused.extra
        ws.changes.add("view", users=frozenset([user.id]))


async def close_view(ws: "Workspace", user: User, view: View, *, cleared: bool = False) -> None:
    """Press the modal's close button, or (cleared) the corner that closes the whole stack."""
    gone = take_off(ws, user, view, everything=cleared)
    for one in gone:
        if one.given.get("notify_on_close"):
            payload = payloads.start(ws, user, "view_closed") | {
                "view": payloads.shown(ws, one),
                "is_cleared": cleared,
            }
            await _ask_in_view(ws, user, one, payload)


async def run_shortcut(ws: "Workspace", user: User, callback_id: str) -> bool:
    """A global shortcut; False when the app did not answer."""
    payload = payloads.start(ws, user, "shortcut") | {
        "callback_id": callback_id,
        "action_ts": ws.next_ts(),
        "trigger_id": ws.triggers.issue(user.id),
    }
    return await _ask(ws, payload)


async def run_message_shortcut(
    ws: "Workspace", user: User, callback_id: str, conversation: Conversation, message: Message
) -> bool:
    """A shortcut on a message; False when the app did not answer."""
    payload = payloads.start(ws, user, "message_action") | {
        "callback_id": callback_id,
        "action_ts": ws.next_ts(),
        "trigger_id": ws.triggers.issue(user.id),
        "channel": payloads.channel(conversation),
        "message_ts": message.ts,
        "message": message.as_api(),
        "response_url": ws.hooks.issue(user.id, conversation.id, message.ts),
    }
    return await _ask(ws, payload)


async def _ask(ws: "Workspace", payload: Json) -> bool:
    try:
        await ws.delivery.ask(Envelope("interactive", payload))
    except NoAck:
        return False
    return True


async def _ask_in_view(ws: "Workspace", user: User, view: View, payload: Json) -> Json | None:
    answers = payload["type"] == "view_submission"
    view.trouble, view.errors = "", {}
    try:
        ack = await ws.delivery.ask(Envelope("interactive", payload, accepts_response=answers))
    except NoAck:
        view.trouble = TROUBLE
        ws.changes.add("view", users=frozenset([user.id]))
        return None
    return ack.body
