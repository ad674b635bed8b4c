"""What Slack sends: signed commands, clicks, submissions and events, with what was filled in."""

import itertools
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.slack.ids import Callback, Shortcut
from bot.store.tables import Session

TEAM, BOT, SECRET = "T0LANTERN", "U0BOT", "secret"


_numbers = itertools.count(1)


def _trigger() -> str:
    """Slack gives each its own: the same one means that the same comes again."""
    return f"1.{next(_numbers)}.trigger"


def form(body: dict[str, Any]) -> AsyncBoltRequest:
    """A signed command."""
    return _signed(urlencode(body), "application/x-www-form-urlencoded")


def interaction(payload: dict[str, Any]) -> AsyncBoltRequest:
    """A signed click or submission."""
    return form({"payload": json.dumps(payload)})


def event(body: dict[str, Any], *, retry: int = 0) -> AsyncBoltRequest:
    """A signed event."""
    return _signed(json.dumps(body), "application/json", retry)


def _signed(raw: str, kind: str, retry: int = 0) -> AsyncBoltRequest:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=raw)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [kind],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    if retry:
        headers["x-slack-retry-num"] = [str(retry)]
    return AsyncBoltRequest(body=raw, headers=headers)


def command(text: str = "", user: str = "UADA", **more: Any) -> AsyncBoltRequest:
    """`/mentoring text`."""
    body = {
        "command": "/mentoring",
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "trigger_id": _trigger(),
        "channel_id": "D1",
    }
    return form(body | more)


def click(action: str, value: str = "1", user: str = "UADA", **more: Any) -> AsyncBoltRequest:
    """A button in a message."""
    payload = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": _trigger(),
        "actions": [
            {"type": "button", "action_id": action, "block_id": "b", "value": value}
            | more.pop("element", {})
        ],
    }
    return interaction(payload | more)


def submission(
    callback: str,
    values: dict[str, Any] | None = None,
    *,
    blocks: tuple[str, ...] = ("topic", "hoped_for"),
    user: str = "UADA",
    **metadata: Any,
) -> AsyncBoltRequest:
    """A submitted modal with these inputs."""
    inputs = [{"type": "input", "block_id": block} for block in blocks]
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": json.dumps({"token": "abc", **metadata}),
        "blocks": [{"type": "section", "block_id": "s"}, *inputs],
        "state": {"values": values or {}},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "view": view,
    }
    return interaction(payload)


def sent(
    view: dict[str, Any], values: dict[str, Any] | None = None, *, user: str = "UADA", **more: Any
) -> AsyncBoltRequest:
    """A modal as it was opened, filled in and submitted. `more` is known of it to Slack: its id."""
    state = {"state": {"values": values or {}}}
    return interaction(
        {
            "type": "view_submission",
            "user": {"id": user, "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": _trigger(),
            "view": {"id": "V1", **view, **state, **more},
        }
    )


def clicked_in(
    view: dict[str, Any],
    action: str,
    value: str = "1",
    *,
    values: dict[str, Any] | None = None,
    view_id: str = "V1",
    root: str | None = None,
    **more: Any,
) -> AsyncBoltRequest:
    """Something operated in an open modal, with what stands in its inputs."""
    held = {"id": view_id, "root_view_id": root or view_id, "state": {"values": values or {}}}
    return click(action, value, view={**view, **held}, **more)


def happening(what: dict[str, Any], event_id: str = "Ev1", retry: int = 0) -> AsyncBoltRequest:
    """An event of the Events API."""
    body = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": what}
    return event(body, retry=retry)


def said(text: str = "Hello", user: str = "UADA", **more: Any) -> dict[str, Any]:
    """A message in the DM."""
    base = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.2"}
    return base | {"user": user, "text": text} | more


def body_of(response: BoltResponse) -> dict[str, Any]:
    """The JSON of an answer; empty for a bare acknowledgement."""
    return dict(json.loads(response.body)) if response.body else {}


def about(
    callback: Callback, session: Session, values: dict[str, Any], *blocks: str
) -> AsyncBoltRequest:
    """A submitted modal that belongs to a session."""
    return submission(callback, values, blocks=blocks, session=session.id)


def shortcut(callback: Shortcut) -> AsyncBoltRequest:
    """A shortcut chosen from Slack's own menu."""
    return interaction(
        {
            "type": "shortcut",
            "callback_id": callback,
            "trigger_id": _trigger(),
            "user": {"id": "UADA", "team_id": TEAM},
            "team": {"id": TEAM},
        }
    )


def option(value: str) -> dict[str, Any]:
    """A choice from a menu or among radio buttons, as a modal's state holds it."""
    return {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value}}


def options(*values: str) -> dict[str, Any]:
    """Several choices."""
    return {"selected_options": [option(value)["selected_option"] for value in values]}


def words(text: str) -> dict[str, Any]:
    """Typed text."""
    return {"value": text}


def people(*slack_ids: str) -> dict[str, Any]:
    """People chosen from a menu of everybody."""
    return {"selected_users": list(slack_ids)}


def inputs(**blocks: dict[str, Any]) -> dict[str, Any]:
    """The state of a modal, block by block."""
    return {block: {"a": held} for block, held in blocks.items()}
