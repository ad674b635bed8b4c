"""Files on the page: sharing them, and opening those that were shared with the person."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.allowed import Refused
from bot.sandbox.client import Client
from bot.sandbox.web_room import ROOM, client_of, conversation_of

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_BYTES = 20 * 1024 * 1024


def add_routes(app: web.Application) -> None:
    """GET /open/{file}?as=… and POST /do/upload?as=…&channel=…&name=… with the bytes."""
    app.router.add_get("/open/{file}", _open)
    app.router.add_post("/do/upload", _upload)


async def _open(request: web.Request) -> web.Response:
    client = client_of(request.app[ROOM], request.query.get("as"))
    files, file_id = client.workspace.files, request.match_info["file"]
    if file_id not in files.contents or not _shared(client, file_id):
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
    data = await request.read()
    if not data:
        raise Refused("an empty file cannot be shared")
    if len(data) > MOST_BYTES:
        raise Refused(f"a file may have at most {MOST_BYTES // 1024 // 1024} MB here")
    await client.upload(conversation, query.get("name") or "file", data, query.get("comment", ""))
    return web.json_response({})


def _shared(client: Client, file_id: str) -> bool:
    return any(
        file["id"] == file_id
        for conversation in client.conversations()
        for message in conversation.visible_to(client.user.id)
        for file in message.files
    )
