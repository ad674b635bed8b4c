"""response_url: five uses in thirty real minutes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.blockkit.blocks import prepared
from bot.sandbox.shapes import Json, SlackError

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

USES = 5
LIVES_FOR = timedelta(minutes=30)


@dataclass(slots=True)
class Hook:
    """Where an answer goes: to this person, in this channel, about this message (if any)."""

    user_id: str
    channel: str
    issued_at: datetime
    message_ts: str = ""
    used: int = 0


class Hooks:
    """Issues response_urls and does what is posted to them."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._issued: dict[str, Hook] = {}

    def issue(self, user_id: str, channel: str, message_ts: str = "") -> str:
        """A new response_url; needs the workspace to be served."""
        ws, key = self._workspace, secrets.token_urlsafe(18)
        self._issued[key] = Hook(user_id, channel, ws.clock.wall(), message_ts)
        return f"{ws.base_url}hooks/{ws.team_id}/{key}"

    def respond(self, key: str, body: Json) -> None:
        """Do what the app posted; raises SlackError for a spent, expired or refused one."""
        ws, hook = self._workspace, self._issued.get(key)
        if hook is None:
            raise SlackError("no_such_url")
        if hook.used >= USES:
            raise SlackError("used_url")
        if ws.clock.wall() - hook.issued_at > LIVES_FOR:
            raise SlackError("expired_url")
        hook.used += 1
        self.say(hook, body)

    def say(self, hook: Hook, body: Json) -> None:
        """Post, replace or delete: also what a command's ack with a text comes to."""
        ws = self._workspace
        conversation = ws.conversations[hook.channel]
        original = conversation.find(hook.message_ts) if hook.message_ts else None
        if body.get("delete_original"):
            if original:
                posting.remove(ws, conversation, original)
            return
        content = prepared(body)
        if body.get("replace_original") and original:
            posting.change(ws, conversation, original, content, ws.bot_user_id)
            return
        message = posting.by_app(ws, conversation, **content)
        message.thread_ts = str(body.get("thread_ts") or "")
        if body.get("response_type", "ephemeral") != "in_channel":
            message.only_for = hook.user_id
        posting.post(ws, conversation, message)
