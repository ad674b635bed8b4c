"""What a person does on the page with channels, and with anybody's profile.

Verbs of `do`: POST /do/<verb>. Profiles are changed as the workspace's admin would: whoever looks
at the page may play that too.
"""

from datetime import datetime, timedelta

from bot.sandbox.conversations import Conversation
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.client import Client
from bot.sandbox.shapes import Json
from bot.sandbox.web.room import Answer, Room, Verb, conversation_of

PROFILE = ("title", "department", "name", "tz")
FLAGS = ("is_admin", "guest")


async def _join(room: Room, client: Client, body: Json) -> Answer:
    channel = room.workspace.conversations[str(body["channel"])]
    await client.channels.join(channel)
    return {"channel": channel.id}


async def _leave(_: Room, client: Client, body: Json) -> Answer:
    await client.channels.leave(_channel(client, body))
    return None


async def _invite_app(room: Room, client: Client, body: Json) -> Answer:
    await client.channels.invite(_channel(client, body), room.workspace.bot_user_id)
    return None


async def _invite(room: Room, client: Client, body: Json) -> Answer:
    channel = _channel(client, body)
    for who in body["people"]:
        await client.channels.invite(channel, room.workspace.user(str(who)).id)
    return None


async def _remove(room: Room, client: Client, body: Json) -> Answer:
    who = room.workspace.user(str(body["person"])).id
    await client.channels.remove(_channel(client, body), who)
    return None


async def _rename(_: Room, client: Client, body: Json) -> Answer:
    name = str(body["name"]).strip().removeprefix("#")
    await client.channels.rename(_channel(client, body), name)
    return None


async def _archive(_: Room, client: Client, body: Json) -> Answer:
    await client.channels.archive(_channel(client, body))
    return None


async def _unarchive(_: Room, client: Client, body: Json) -> Answer:
    await client.channels.unarchive(_channel(client, body))
    return None


async def _create(room: Room, client: Client, body: Json) -> Answer:
    name = str(body["name"]).strip().removeprefix("#")
    made = client.channels.create(name, private=bool(body.get("private")))
    if body.get("app"):
        await client.channels.invite(made, room.workspace.bot_user_id)
    return {"channel": made.id}


async def _status(room: Room, client: Client, body: Json) -> Answer:
    hours = float(body.get("hours") or 0)
    until: datetime | None = room.workspace.clock.now() + timedelta(hours=hours) if hours else None
    client.set_status(str(body.get("text") or "").strip(), str(body.get("emoji") or ""), until)
    return None


async def _profile(room: Room, _: Client, body: Json) -> Answer:
    ws, who = room.workspace, str(body["person"])
    changed: Json = {key: str(body[key]) for key in PROFILE if key in body}
    changed |= {key: bool(body[key]) for key in FLAGS if key in body}
    if "name" in changed and not changed["name"].strip():
        raise Refused("a person has a name")
    if changed:
        ws.change_person(who, **changed)
    if "active" in body and bool(body["active"]) == ws.user(who).deleted:
        (ws.reactivate if body["active"] else ws.deactivate)(who)
    return None


def _channel(client: Client, body: Json) -> Conversation:
    channel = conversation_of(client, body.get("channel"))
    if channel.kind != "channel":
        raise Refused("this is not a channel")
    return channel


VERBS: dict[str, Verb] = {
    "join": _join,
    "leave": _leave,
    "invite-app": _invite_app,
    "invite": _invite,
    "remove": _remove,
    "rename": _rename,
    "archive": _archive,
    "unarchive": _unarchive,
    "create-channel": _create,
    "status": _status,
    "profile": _profile,
}
