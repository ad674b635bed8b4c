"""What a person does on the page: each verb is POST /do/<verb> with a JSON object.

`as` is the person's id, `where` a message or a view (see `room.surface_of`). What Slack's own
client would not allow comes back as 409 with a sentence.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.sandbox.blockkit.controls import Control, options_of
from bot.sandbox.screen import surfaces
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.surfaces import Surface
from bot.sandbox.shapes import Json
from bot.sandbox.views import View
from bot.sandbox.web import channels
from bot.sandbox.web.room import (
    ROOM,
    Answer,
    Room,
    Verb,
    client_of,
    conversation_of,
    message_of,
    surface_of,
)

MOST_IN_A_GROUP = 8


def add_routes(app: web.Application) -> None:
    """One route for each verb."""
    for name, verb in VERBS.items():
        app.router.add_post(f"/do/{name}", partial(_run, verb))


async def _run(verb: Verb, request: web.Request) -> web.Response:
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("a JSON object is needed")
    room = request.app[ROOM]
    return web.json_response(await verb(room, client_of(room, body.get("as")), body) or {})


# -- saying


async def _say(_: Room, client: Client, body: Json) -> Answer:
    conversation = conversation_of(client, body.get("channel"))
    message = await client.post(conversation, str(body["text"]), str(body.get("thread") or ""))
    return {"ts": message.ts}


async def _command(_: Room, client: Client, body: Json) -> Answer:
    await client.command(str(body["line"]), conversation_of(client, body.get("channel")))
    return None


async def _edit(_: Room, client: Client, body: Json) -> Answer:
    surface = message_of(client, body["where"])
    await client.edit(surface.conversation, surface.message, str(body["text"]))
    return None


async def _delete(_: Room, client: Client, body: Json) -> Answer:
    surface = message_of(client, body["where"])
    client.delete(surface.conversation, surface.message)
    return None


async def _read(_: Room, client: Client, body: Json) -> Answer:
    conversation = conversation_of(client, body.get("channel"))
    if client.unread(conversation):
        client.mark_read(conversation)
    return None


async def _shortcut(_: Room, client: Client, body: Json) -> Answer:
    _answered(client, await client.shortcut(str(body["id"])))
    return None


async def _message_shortcut(_: Room, client: Client, body: Json) -> Answer:
    surface = message_of(client, body["where"])
    _answered(client, await client.message_shortcut(str(body["id"]), surface))
    return None


# -- operating


def _control(client: Client, body: Json) -> tuple[Surface, Control]:
    surface = surface_of(client, body["where"])
    try:
        return surface, surfaces.find(surface, str(body["block"]), str(body["action"]))
    except LookupError:
        raise Refused("the app has changed this in the meantime") from None


async def _press(_: Room, client: Client, body: Json) -> Answer:
    surface, control = _control(client, body)
    await client.press(surface, control)
    return None


async def _overflow(_: Room, client: Client, body: Json) -> Answer:
    surface, control = _control(client, body)
    if body["option"] not in options_of(control.element):
        raise Refused("that is not one of the options")
    await client.choose_overflow(surface, control, body["option"])
    return None


async def _set(_: Room, client: Client, body: Json) -> Answer:
    surface, control = _control(client, body)
    await client.set(surface, control, _value(client, control, body.get("value")))
    return None


async def _hold(_: Room, client: Client, body: Json) -> Answer:
    surface, control = _control(client, body)
    client.hold(surface, control, _value(client, control, body.get("value")))
    return None


def _value(client: Client, control: Control, value: Any) -> Any:
    """The page speaks of moments on the person's own watch: YYYY-MM-DDTHH:MM; and of files by
    id."""
    if control.kind == "file_input":
        return [_own_file(client, str(one)) for one in value or ()]
    if control.kind == "datetimepicker" and isinstance(value, str):
        if not value:
            return None
        zone = ZoneInfo(client.user.tz or "UTC")
        return int(datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC).timestamp())
    return value


def _own_file(client: Client, file_id: str) -> Json:
    found = client.workspace.files.objects.get(file_id)
    if found is None or found["user"] != client.user.id:
        raise Refused("that file is not there any more")
    return found


# -- modals and Home


async def _submit(_: Room, client: Client, body: Json) -> Answer:
    view = _view(client, body)
    for one in body.get("values", ()):
        surface, control = _control(client, one | {"where": {"view": view.id}})
        client.hold(surface, control, _value(client, control, one.get("value")))
    return {"ok": await client.submit(view)}


async def _close(_: Room, client: Client, body: Json) -> Answer:
    await client.close(_view(client, body), everything=bool(body.get("everything")))
    return None


def _view(client: Client, body: Json) -> View:
    for surface in client.modals:
        if surface.view.id == body.get("view"):
            return surface.view
    raise Refused("this modal is not open any more")


async def _home(_: Room, client: Client, __: Json) -> Answer:
    await client.open_home()
    return None


async def _messages(_: Room, client: Client, __: Json) -> Answer:
    await client.open_messages()
    return None


# -- conversations


async def _write_to(room: Room, client: Client, body: Json) -> Answer:
    others = {room.workspace.user(str(u)).id for u in body["people"]} - {client.user.id}
    if not 1 <= len(others) <= MOST_IN_A_GROUP:
        raise Refused(f"choose between one and {MOST_IN_A_GROUP} people")
    return {"channel": room.workspace.direct(client.user.id, *others).id}


def _answered(client: Client, answered: bool) -> None:
    if not answered:
        name = client.workspace.manifest.app_name
        raise Refused(f"{name} is not responding. We had some trouble connecting. Try again?")


VERBS: dict[str, Verb] = {
    "say": _say,
    "command": _command,
    "edit": _edit,
    "delete": _delete,
    "read": _read,
    "shortcut": _shortcut,
    "message-shortcut": _message_shortcut,
    "press": _press,
    "overflow": _overflow,
    "set": _set,
    "hold": _hold,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "messages": _messages,
    "write-to": _write_to,
} | channels.VERBS
