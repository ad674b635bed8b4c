"""Files on the page: sharing them, and opening those that were shared with the person."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox import sharing
from bot.sandbox.blockkit.blocks import slack_files
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.screen.client import Client
from bot.sandbox.shapes import Json
from bot.sandbox.web.room import ROOM, client_of, conversation_of

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_BYTES = 20 * 1024 * 1024


def add_routes(app: web.Application) -> None:
    """GET /open/{file}?as=…, POST /do/upload?as=…&channel=…&thread=…&name=… with the bytes, and
    POST /do/store?as=…&name=… for a file that is put into a form."""
    app.router.add_get("/open/{file}", _open)
    app.router.add_post("/do/upload", _upload)
    app.router.add_post("/do/store", _store)


async def _open(request: web.Request) -> web.Response:
    client = client_of(request.app[ROOM], request.query.get("as"))
    files, file_id = client.workspace.files, request.match_info["file"]
    if file_id not in files.contents or not _may_open(client, file_id):
        return web.Response(status=404, text="there is no such file here")
    about = files.objects[file_id]
    kind = about["mimetype"] if about["mimetype"] in SHOWN else "application/octet-stream"
    how = "inline" if kind in SHOWN and "download" not in request.query else "attachment"
    headers = {
        "Content-Type": kind,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(about['name'], safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return web.Response(body=files.contents[file_id], headers=headers)


async def _upload(request: web.Request) -> web.Response:
    query = request.query
    client = client_of(request.app[ROOM], query.get("as"))
    conversation = conversation_of(client, query.get("channel"))
    data = await _bytes(request)
    name, comment = query.get("name") or "file", query.get("comment", "")
    await client.upload(conversation, name, data, comment, query.get("thread", ""))
    return web.json_response({})


async def _store(request: web.Request) -> web.Response:
    client = client_of(request.app[ROOM], request.query.get("as"))
    made = client.stores(request.query.get("name") or "file", await _bytes(request))
    return web.json_response({"file": made})


async def _bytes(request: web.Request) -> bytes:
    data = await request.read()
    if not data:
        raise Refused("an empty file cannot be shared")
    if len(data) > MOST_BYTES:
        raise Refused(f"a file may have at most {MOST_BYTES // 1024 // 1024} MB here")
    return data


def _may_open(client: Client, file_id: str) -> bool:
    """One's own, those shared with one, and pictures the app shows by slack_file."""
    if client.workspace.files.objects[file_id]["user"] == client.user.id:
        return True
    views = [*client.modals, *([client.home] if client.home else [])]
    return any(_shows(client, view.blocks, file_id) for view in views) or any(
        any(file["id"] == file_id for file in message.files)
        or _shows(client, message.blocks or [], file_id)
        for conversation in client.conversations()
        for message in conversation.visible_to(client.user.id)
    )


def _shows(client: Client, blocks: list[Json], file_id: str) -> bool:
    found = (sharing.picture(client.workspace, given) for given in slack_files(blocks))
    return any(file is not None and file["id"] == file_id for file in found)
