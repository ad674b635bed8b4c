"""What the page reads: the team, one person's screen, one conversation."""

from typing import Any

from aiohttp import web

from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.own_commands import ABOUT
from bot.sandbox.screen.surfaces import MessageSurface, ViewSurface
from bot.sandbox.shapes import Json
from bot.sandbox.web.room import ROOM, Room, client_of, conversation_of
from bot.sandbox.workspace import Workspace

AT_ONCE = 120  # messages drawn at first; earlier ones on demand


def add_routes(app: web.Application) -> None:
    """GET /see/world, /see/screen, /see/conversation, /see/clock."""
    app.router.add_get("/see/world", _world)
    app.router.add_get("/see/screen", _screen)
    app.router.add_get("/see/conversation", _conversation)
    app.router.add_get("/see/clock", _clock)


async def _world(request: web.Request) -> web.Response:
    ws = request.app[ROOM].workspace
    manifest = ws.manifest
    return web.json_response(
        {
            "team": {"id": ws.team_id, "name": ws.name},
            "app": {
                "name": manifest.app_name,
                "about": manifest.description,
                "user": ws.bot_user_id,
                "home": manifest.home_enabled,
                "messages": manifest.messages_enabled,
                "readOnly": manifest.messages_read_only,
            },
            "commands": [
                {"name": c.name, "about": c.description, "hint": c.usage_hint}
                for c in manifest.commands
            ],
            "ownCommands": [
                {"name": name, "about": about, "hint": hint}
                for name, (hint, about) in ABOUT.items()
                if not manifest.command(name)
            ],
            "shortcuts": [
                {"id": s.callback_id, "name": s.name, "kind": s.kind} for s in manifest.shortcuts
            ],
            "people": {u.id: _person(ws, u) for u in ws.users.values()},
            "channels": [
                {"id": c.id, "name": c.name, "private": c.private, "members": len(c.members)}
                for c in ws.conversations.values()
                if c.kind == "channel" and not c.private and not c.archived
            ],
            "news": news(ws),
        }
    )


async def _screen(request: web.Request) -> web.Response:
    room = request.app[ROOM]
    client = client_of(room, request.query.get("as"))
    return web.json_response(
        {
            "me": client.user.id,
            "conversations": [_entry(client, c) for c in client.conversations()],
            "modals": [_view(v) for v in client.modals],
            "home": _view(client.home) if client.home else None,
            "clock": await room.pace.shown(),
            "app": app_state(room),
            "news": news(room.workspace),
        }
    )


async def _conversation(request: web.Request) -> web.Response:
    client = client_of(request.app[ROOM], request.query.get("as"))
    conversation = conversation_of(client, request.query.get("id"))
    seen = client.messages(conversation)
    most = max(AT_ONCE, int(request.query.get("most", AT_ONCE)))
    kept, thread = seen[-most:], request.query.get("thread", "")
    one = [s for s in seen if thread and thread in (s.message.ts, s.message.thread_ts)]
    return web.json_response(
        {
            **_entry(client, conversation),
            "read": conversation.read.get(client.user.id, 0),
            "earlier": len(seen) - len(kept),
            "messages": [_message(client, s) for s in kept],
            "thread": [_message(client, s) for s in one],
        }
    )


async def _clock(request: web.Request) -> web.Response:
    return web.json_response(await request.app[ROOM].pace.shown())


def app_state(room: Room) -> Json:
    """Whether the app is there, and by which way."""
    transport = room.workspace.delivery.transport
    over = "socket" if transport is room.socket else "http"
    return {"over": over, "connected": over == "http" or room.socket.connected > 0}


def news(ws: Workspace) -> dict[str, int]:
    """Unread messages by person, those without any left out."""
    found: dict[str, int] = {}
    for conversation in ws.conversations.values():
        for member in conversation.members:
            fresh = conversation.fresh_for(member)
            if fresh and not ws.users[member].is_bot:
                found[member] = found.get(member, 0) + fresh
    return found


def _person(ws: Workspace, user: User) -> Json:
    return {
        "name": user.name,
        "handle": user.handle,
        "title": user.title,
        "tz": user.tz,
        "locale": user.locale,
        "bot": user.is_bot,
        "guest": user.guest,
        "deleted": user.deleted,
        "department": user.department,
        "status": user.status_text,
        "statusEmoji": user.status_emoji,
        "admin": user.is_admin or user.is_owner,
        "app": user.id == ws.bot_user_id,
    }


def _entry(client: Client, conversation: Conversation) -> Json:
    me = client.user.id
    return {
        "id": conversation.id,
        "kind": "app" if conversation is client.app_dm else conversation.kind,
        "title": _title(client, conversation),
        "private": conversation.private,
        "archived": conversation.archived,
        "purpose": conversation.purpose,
        "members": conversation.members,
        "others": [m for m in conversation.members if m != me],
        "unread": client.unread(conversation),
        "last": conversation.messages[-1].order if conversation.messages else 0,
    }


def _title(client: Client, conversation: Conversation) -> str:
    """People first: in a group that the app is in, the app comes last."""
    if conversation.kind != "mpim":
        return client.title(conversation).removeprefix("#")
    ws = client.workspace
    others = [ws.users[m] for m in conversation.members if m != client.user.id]
    return ", ".join(u.name for u in sorted(others, key=lambda u: (u.is_bot, u.name)))


def _message(client: Client, surface: MessageSurface) -> Json:
    message = surface.message
    return {
        **message.as_api(),
        **surface.conversation.thread_facts(message),
        "mine": message.user == client.user.id,
        "only": bool(message.only_for),
        "line": message.is_line,
        "byHand": bool(message.client_msg_id),
        "order": message.order,
        "posted": message.posted,
        "state": _values(surface.state),
    }


def _view(surface: ViewSurface) -> Json:
    view = surface.view
    shown = ("title", "submit", "close", "blocks", "submit_disabled", "clear_on_close")
    return {
        "id": view.id,
        "kind": view.kind,
        "hash": view.hash,
        "root": view.root_view_id or view.id,
        **{key: view.given[key] for key in shown if key in view.given},
        "state": _values(view.typed),
        "errors": view.errors,
        "trouble": view.trouble,
    }


def _values(state: dict[str, dict[str, Json]]) -> dict[str, Any]:
    """What the page needs of state.values: block id, newline, action id → the bare value."""
    return {
        f"{block_id}\n{action_id}": next((v for k, v in held.items() if k != "type"), None)
        for block_id, actions in state.items()
        for action_id, held in actions.items()
    }
