"""The bytes of files, on Slack's own addresses: uploads, and downloads with the app's token."""

from collections.abc import Sequence
from functools import partial

from aiohttp import web

from bot.sandbox import sharing
from bot.sandbox.shapes import SlackError
from bot.sandbox.workspace import Workspace

SIGN_IN = """<!DOCTYPE html>
<html lang="en"><head><title>Sign in</title></head>
<body><h1>Sign in to your workspace</h1><p>This file is for those who are signed in.</p></body>
</html>
"""


def add_routes(app: web.Application, teams: Sequence[Workspace]) -> None:
    """POST /upload/{file}, GET /files/{file}/…, and the page strangers are sent to."""
    app.router.add_post("/upload/{file}", partial(_upload, teams))
    app.router.add_get("/files/signin", _sign_in)
    app.router.add_get("/files/{file}/{name}", partial(_download, teams))
    app.router.add_get("/files/{file}/download/{name}", partial(_download, teams))


def _whose(teams: Sequence[Workspace], request: web.Request) -> Workspace:
    file = request.match_info["file"]
    return next((team for team in teams if file in team.files.objects), teams[0])


async def _upload(teams: Sequence[Workspace], request: web.Request) -> web.Response:
    ws = _whose(teams, request)
    file = ws.files.objects.get(request.match_info["file"])
    if file is None or file["id"] not in ws.files.promised:
        return web.Response(status=404, text="no such upload")
    data = await _body(request)
    if len(data) != file["size"]:
        return web.Response(status=400, text=f"{file['size']} bytes were announced")
    sharing.keep(ws, file, data)
    return web.Response(text=f"OK - {len(data)}")


async def _body(request: web.Request) -> bytes:
    """Raw, or the first file of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


async def _download(teams: Sequence[Workspace], request: web.Request) -> web.Response:
    """The bytes for the app's token with files:read. Without a token one is redirected to a page
    to sign in; with one that may not read the file that page comes at once, with status 200."""
    ws = _whose(teams, request)
    file = ws.files.objects.get(request.match_info["file"])
    if "Authorization" not in request.headers:
        raise web.HTTPFound("/files/signin")
    given = request.headers["Authorization"].removeprefix("Bearer ")
    known = bool(given) and _counts(ws, given) and ws.installed
    allowed = known and "files:read" in ws.manifest.scopes
    if not allowed or (file is not None and not sharing.app_sees(ws, file)):
        return await _sign_in(request)
    if file is None or file["id"] not in ws.files.contents:
        return web.Response(status=404)
    return web.Response(body=ws.files.contents[file["id"]], content_type=file["mimetype"])


def _counts(ws: Workspace, token: str) -> bool:
    """Whether the app may come in with this token, of the team or of the whole organisation."""
    keepers = [ws.expiring, ws.organisation.expiring if ws.organisation else None]
    try:
        for keeper in keepers:
            if keeper is not None:
                keeper.check(token)
    except SlackError:
        return False
    whole = ws.organisation.token if ws.organisation else ""
    return token in (ws.bot_token, whole) or any(each and each.knows(token) for each in keepers)


async def _sign_in(_: web.Request) -> web.Response:
    return web.Response(text=SIGN_IN, content_type="text/html")
