"""The payloads of commands and interactions, as Slack sends them."""

from typing import TYPE_CHECKING

from bot.sandbox import markup
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.manifest import Command
from bot.sandbox.people import User
from bot.sandbox.shapes import Json
from bot.sandbox.views import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def command(
    ws: "Workspace", user: User, conversation: Conversation, typed: Command, raw: str
) -> Json:
    """A slash command; `raw` is what stood behind it."""
    text = markup.encode(ws, raw, with_names=True) if typed.escapes else raw
    return {
        "token": ws.verification_token,
        "team_id": ws.team_id,
        "team_domain": ws.team_domain,
        "channel_id": conversation.id,
        "channel_name": channel(conversation)["name"],
        "user_id": user.id,
        "user_name": user.handle,
        "command": typed.name,
        "text": text,
        "api_app_id": ws.app_id,
        **_enterprise_of_command(ws),
        "is_enterprise_install": "true" if ws.by_organisation else "false",
        "response_url": ws.hooks.issue(user.id, conversation.id),
        "trigger_id": ws.triggers.issue(user.id),
    }


def shown(ws: "Workspace", view: View) -> Json:
    """The view with its state."""
    return view.as_api(
        team_id=ws.team_id,
        app_id=ws.app_id,
        bot_id=ws.bot_id,
        installed_in=ws.enterprise_id if ws.by_organisation else None,
    )


def channel(conversation: Conversation) -> Json:
    """The short channel object of interactions."""
    name = "directmessage" if conversation.kind == "im" else conversation.name
    if conversation.kind == "channel" and conversation.private:
        name = "privategroup"
    return {"id": conversation.id, "name": name}


def container(conversation: Conversation, message: Message) -> Json:
    """Where the message stands that somebody acted in."""
    found: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": bool(message.only_for),
    }
    return found | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def start(ws: "Workspace", user: User, kind: str) -> Json:
    """What every interaction begins with: its type, team, user and app."""
    home = user.team_id if user.stranger else ws.team_id
    who = {"id": user.id, "username": user.handle, "name": user.handle, "team_id": home}
    team = {"id": ws.team_id, "domain": ws.team_domain}
    if ws.organisation:
        team |= {"enterprise_id": ws.organisation.id, "enterprise_name": ws.organisation.name}
    return {
        "type": kind,
        "team": None if ws.by_organisation else team,
        "user": who,
        "api_app_id": ws.app_id,
        "token": ws.verification_token,
        "enterprise": _enterprise(ws),
        "is_enterprise_install": ws.by_organisation,
    }


def _enterprise(ws: "Workspace") -> Json | None:
    if ws.organisation is None:
        return None
    return {"id": ws.organisation.id, "name": ws.organisation.name}


def _enterprise_of_command(ws: "Workspace") -> Json:
    if ws.organisation is None:
        return {}
    return {"enterprise_id": ws.organisation.id, "enterprise_name": ws.organisation.name}
