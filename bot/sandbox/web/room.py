"""What every request of the page finds: the workspace, its socket, its clock's pace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.conversations import Conversation
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.surfaces import MessageSurface, Surface
from bot.sandbox.shapes import Json
from bot.sandbox.web.clock import Pace
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Room:
    """The workspace as the page's requests share it."""

    workspace: Workspace
    socket: SocketMode
    pace: Pace


Answer = Json | None
Verb = Callable[[Room, Client, Json], Awaitable[Answer]]
ROOM = web.AppKey("room", Room)


def client_of(room: Room, who: Any) -> Client:
    """The client of the person with this id or handle; Refused when there is nobody like that."""
    try:
        client = Client(room.workspace, str(who))
    except KeyError:
        raise Refused("there is nobody like that here") from None
    if client.user.id == room.workspace.bot_user_id:
        raise Refused("nobody can act as the app")
    return client


def conversation_of(client: Client, channel: Any) -> Conversation:
    """One of the person's own conversations by its id."""
    found = client.workspace.conversations.get(str(channel))
    if found is None or client.user.id not in found.members:
        raise Refused("you are not in this conversation")
    return found


def surface_of(client: Client, where: Json) -> Surface:
    """What `where` points at: {"view": id} or {"channel": id, "ts": ts}."""
    if view_id := where.get("view"):
        surfaces = [*client.modals, *([client.home] if client.home else [])]
        for surface in surfaces:
            if surface.view.id == view_id:
                return surface
        raise Refused("this is not open any more")
    return message_of(client, where)


def message_of(client: Client, where: Json) -> MessageSurface:
    """A message the person can see, by {"channel": id, "ts": ts}."""
    conversation = conversation_of(client, where.get("channel"))
    for surface in client.messages(conversation):
        if surface.message.ts == where.get("ts"):
            return surface
    raise Refused("that message is gone")
