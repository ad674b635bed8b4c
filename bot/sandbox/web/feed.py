"""The live feed: a web socket that says what changed; the page then reads it anew."""

import asyncio
from contextlib import suppress

from aiohttp import WSMsgType, web

from bot.sandbox.changes import Change
from bot.sandbox.shapes import Json
from bot.sandbox.web.room import Room, client_of

GATHER_FOR = 0.03  # real seconds: what happens together is told together


class Feed:
    """Every open page has one socket here, for the person it acts as."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._open: set[web.WebSocketResponse] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /feed?as=…: hints like {"kinds": ["message"], "channels": ["C1"]}."""
        user_id = client_of(self._room, request.query.get("as")).user.id
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._open.add(socket)
        telling = asyncio.create_task(self._tell(socket, user_id))
        try:
            async for message in socket:
                if message.type == WSMsgType.ERROR:
                    break
        finally:
            self._open.discard(socket)
            telling.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await telling
        return socket

    async def close(self) -> None:
        """End every feed."""
        for socket in list(self._open):
            await socket.close(code=1001, drain=False)

    async def _tell(self, socket: web.WebSocketResponse, user_id: str) -> None:
        changes = self._room.workspace.changes
        seq = changes.seq
        await socket.send_json({"kinds": ["start"], "channels": [], "others": False})
        while not socket.closed:
            await changes.wait(seq)
            await asyncio.sleep(GATHER_FOR)
            news = changes.since(seq)
            seq = changes.seq
            await socket.send_json(_hint(news, user_id))


def _hint(news: list[Change], user_id: str) -> Json:
    mine = [c for c in news if c.users is None or user_id in c.users or c.kind == "traffic"]
    return {
        "kinds": sorted({c.kind for c in mine}),
        "channels": sorted({c.channel for c in mine if c.channel}),
        "others": any(c not in mine for c in news),
    }
