"""The workspace in a browser: the page's files, what it reads, what it may do, and its feed."""

from pathlib import Path
from typing import Final, Protocol

from aiohttp import web

from bot.sandbox.web import do, files, see, trouble
from bot.sandbox.web.clock import Pace
from bot.sandbox.web.feed import Feed
from bot.sandbox.web.guard import guard, with_headers
from bot.sandbox.web.room import ROOM, Room
from bot.sandbox.wire.socket_mode import SocketMode
from bot.sandbox.workspace import Workspace

FILES: Final = Path(__file__).parent / "page"


class Wires(Protocol):
    """What the page needs of the server it is added to."""

    socket: SocketMode


def mount(app: web.Application, workspace: Workspace, wires: Wires) -> None:
    """Add the page to an aiohttp application that has not started yet."""
    room = Room(workspace, wires.socket, Pace(workspace))
    app[ROOM] = room
    app.middlewares.append(guard)
    app.on_response_prepare.append(with_headers)
    feed = Feed(room)
    app.router.add_get("/", _index)
    app.router.add_get("/favicon.ico", _icon)
    app.router.add_static("/page/", FILES)
    app.router.add_get("/feed", feed.handle)
    see.add_routes(app)
    do.add_routes(app)
    files.add_routes(app)
    trouble.add_routes(app)

    async def leave(_: web.Application) -> None:
        await room.pace.stop()
        await feed.close()

    app.on_shutdown.append(leave)


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(FILES / "index.html")


async def _icon(_: web.Request) -> web.FileResponse:
    return web.FileResponse(FILES / "icon.svg", headers={"Content-Type": "image/svg+xml"})
