"""Event payloads, and which of them the manifest subscribes to."""

import secrets
from typing import TYPE_CHECKING

from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.people import User
from bot.sandbox.shapes import Json
from bot.sandbox.wire import payloads

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MESSAGE_EVENTS = {
    "im": "message.im",
    "mpim": "message.mpim",
    "channel": "message.channels",
    "group": "message.groups",
}
OF_MEMBERS = (
    "member_joined_channel",
    "member_left_channel",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "group_archive",
    "group_unarchive",
    "group_rename",
)
OF_LEAVING = ("channel_left", "group_left")
OF_THE_APP = ("app_uninstalled", "tokens_revoked")
"""By then nobody is authorised any more; what an organisation removed names no team."""
NEEDS_SCOPE = {"user_change": "users:read", "team_join": "users:read"}


def subscribed(ws: "Workspace", event: Json) -> bool:
    """Whether the app gets this event: subscribed, allowed, and present in the conversation."""
    kind = event["type"]
    if kind == "message":
        if ws.bot_user_id not in ws.conversations[event["channel"]].members:
            return False
        conversation = ws.conversations[event["channel"]]
        if f"{conversation.scope_word}:history" not in ws.manifest.scopes:
            return False
        return MESSAGE_EVENTS[event["channel_type"]] in ws.manifest.events
    if kind in OF_MEMBERS + OF_LEAVING:
        return kind in ws.manifest.events and _may_hear(ws, event)
    needed = NEEDS_SCOPE.get(kind)
    return kind in ws.manifest.events and (needed is None or needed in ws.manifest.scopes)


def wrap(ws: "Workspace", event: Json) -> Json:
    """The event_callback around an event."""
    around: Json = {
        "token": ws.verification_token,
        "enterprise_id": ws.enterprise_id,
        "api_app_id": ws.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(ws.clock.now().timestamp()),
    }
    if event["type"] in OF_THE_APP:
        return around if ws.by_organisation else around | {"team_id": ws.team_id}
    return around | _heard_by(ws) | {"is_ext_shared_channel": _is_shared(ws, event)}


def _heard_by(ws: "Workspace") -> Json:
    """Through which team, and by which installation, the app hears of it."""
    authorization = {
        "enterprise_id": ws.enterprise_id,
        "team_id": None if ws.by_organisation else ws.team_id,
        "user_id": ws.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": ws.by_organisation,
    }
    return {
        "team_id": ws.team_id,
        "context_team_id": ws.team_id,
        "context_enterprise_id": ws.enterprise_id,
        "authorizations": [authorization],
        "event_context": f"4-{secrets.token_hex(8)}",
    }


def message(ws: "Workspace", conversation: Conversation, posted: Message) -> Json:
    """Somebody, or the app itself, said something."""
    found = posted.as_api() | conversation.thread_facts(posted)
    return found | {
        "channel": conversation.id,
        "channel_type": conversation.channel_type,
        "event_ts": posted.ts,
        "team": ws.team_id,
        **_from_elsewhere(ws, posted),
    }


def message_changed(ws: "Workspace", conversation: Conversation, now: Message, was: Json) -> Json:
    """A message was edited; `was` is the message object before."""
    return _about(ws, conversation, "message_changed") | {
        "message": now.as_api() | {"team": ws.team_id},
        "previous_message": was,
    }


def message_deleted(ws: "Workspace", conversation: Conversation, was: Message) -> Json:
    """A message was deleted."""
    return _about(ws, conversation, "message_deleted") | {
        "previous_message": was.as_api(),
        "deleted_ts": was.ts,
    }


def app_home_opened(ws: "Workspace", user: User, tab: str) -> Json:
    """Somebody opened the app's Home or Messages tab."""
    found: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": ws.app_dm(user.id).id,
        "tab": tab,
        "event_ts": ws.next_ts(),
    }
    home = ws.homes.get(user.id)
    if home and tab == "home":
        found["view"] = payloads.shown(ws, home)
    return found


def membership(
    ws: "Workspace", kind: str, conversation: Conversation, user_id: str, inviter: str = ""
) -> Json:
    """`kind` is member_joined_channel or member_left_channel."""
    found: Json = {
        "type": kind,
        "user": user_id,
        "channel": conversation.id,
        "channel_type": "G" if conversation.private else "C",
        "team": ws.team_id,
        "event_ts": ws.next_ts(),
    }
    return found | ({"inviter": inviter} if inviter else {})


def app_left(ws: "Workspace", conversation: Conversation, actor: str) -> Json:
    """The app itself left a channel, or was removed from it (channel_left, group_left)."""
    return {
        "type": "group_left" if conversation.private else "channel_left",
        "channel": conversation.id,
        "actor_id": actor,
        "event_ts": ws.next_ts(),
    }


def about_channel(ws: "Workspace", what: str, conversation: Conversation, user_id: str) -> Json:
    """`what` is archive or unarchive; private channels have an event of their own."""
    return {
        "type": f"{'group' if conversation.private else 'channel'}_{what}",
        "channel": conversation.id,
        "user": user_id,
        "event_ts": ws.next_ts(),
    }


def renamed(ws: "Workspace", conversation: Conversation) -> Json:
    """A channel has another name."""
    about = {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "created": conversation.created,
        "is_channel": not conversation.private,
        "is_mpim": False,
    }
    kind = "group_rename" if conversation.private else "channel_rename"
    return {"type": kind, "channel": about, "event_ts": ws.next_ts()}


def user_change(ws: "Workspace", user: User) -> Json:
    """Somebody's profile or state changed."""
    return _with_user(ws, "user_change", user)


def team_join(ws: "Workspace", user: User) -> Json:
    """Somebody joined the team."""
    return _with_user(ws, "team_join", user)


def _is_shared(ws: "Workspace", event: Json) -> bool:
    """Whether it happened in a channel that people of another team are in (Slack Connect)."""
    channel = event.get("channel")
    conversation = ws.conversations.get(channel) if isinstance(channel, str) else None
    members = conversation.members if conversation else []
    return any(ws.users[member].stranger for member in members)


def _from_elsewhere(ws: "Workspace", posted: Message) -> Json:
    """Whose words these are, when they come from another team."""
    author = ws.users.get(posted.user)
    if author is None or not author.stranger:
        return {}
    return {"user_team": author.team_id, "source_team": author.team_id}


def _may_hear(ws: "Workspace", event: Json) -> bool:
    """The app hears of a channel only with its :read scope, and where it is a member."""
    channel = event["channel"]
    conversation = ws.conversations[channel["id"] if isinstance(channel, dict) else channel]
    if f"{conversation.scope_word}:read" not in ws.manifest.scopes:
        return False
    return event["type"] in OF_LEAVING or ws.bot_user_id in conversation.members


def _with_user(ws: "Workspace", kind: str, user: User) -> Json:
    email = "users:read.email" in ws.manifest.scopes
    shown = user.as_api(ws.clock.now(), with_email=email, with_locale=True)
    ts = ws.next_ts()
    return {"type": kind, "user": shown, "cache_ts": int(float(ts)), "event_ts": ts}


def _about(ws: "Workspace", conversation: Conversation, subtype: str) -> Json:
    ts = ws.next_ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": conversation.id,
        "channel_type": conversation.channel_type,
        "ts": ts,
        "event_ts": ts,
    }
