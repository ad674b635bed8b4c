"""Socket Mode: envelopes over web sockets, each to one socket, each with its ack."""

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from bot.sandbox.shapes import Json
from bot.sandbox.wire.ack import Ack, Envelope, NoAck, as_body

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@dataclass(eq=False, slots=True)
class Socket:
    """One open connection and the acks it owes."""

    ws: web.WebSocketResponse
    request: web.Request
    owed: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    def lose(self) -> None:
        """The connection is gone: whoever waits for an ack learns it."""
        for future in self.owed.values():
            if not future.done():
                future.set_exception(NoAck("connection_failed"))


class SocketMode:
    """The transport for apps that connect to Slack.

    With `brings_again` also a command or a click whose connection was lost before its ack comes
    once more; events do so in any case.
    """

    brings_again = False
    turns_away = 0  # how many of the next to connect find their address spent

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._tickets: set[str] = set()
        self._sockets: list[Socket] = []
        self._turn = 0
        self._arrived = asyncio.Event()
        self._seen_one = False

    @property
    def connected(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    def new_ticket(self) -> str:
        """A one-time ticket for the web socket's URL."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def wait_connected(self, within: float = 10) -> None:
        """Return when a socket is open; raises TimeoutError after `within` real seconds."""
        async with asyncio.timeout(within):
            while not self._sockets:
                self._arrived.clear()
                await self._arrived.wait()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One app's connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if self.turns_away and ticket in self._tickets:
            self.turns_away -= 1
            self._tickets.discard(ticket)
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        ws = web.WebSocketResponse(timeout=1.0, autoping=True, max_msg_size=16 * 1024 * 1024)
        await ws.prepare(request)
        socket = Socket(ws, request)
        await ws.send_json(self._hello())
        self._sockets.append(socket)
        self._seen_one = True
        self._arrived.set()
        record = self._workspace.record("in", "socket", "connected", None)
        try:
            with suppress(ConnectionError):  # cut off while a ping was being answered
                await self._listen(socket)
        finally:
            self._drop(socket)
            record.outcome = "closed"
        return ws

    async def send(self, envelope: Envelope, within: float) -> Ack:
        """To one socket; raises NoAck when no ack comes in time or the socket drops."""
        try:
            async with asyncio.timeout(within):
                while True:
                    socket = await self._choose()
                    try:
                        return Ack(await self._send_to(socket, envelope))
                    except ConnectionError:
                        # It closed before the envelope was out: another one may take it.
                        self._drop(socket)
                    except NoAck as lost:
                        if envelope.kind == "events_api" or not self.brings_again:
                            raise
                        number = envelope.retry_num + 1
                        envelope = replace(envelope, retry_num=number, retry_reason=lost.reason)
        except TimeoutError:
            raise NoAck("timeout") from None

    async def drop(self, *, abruptly: bool = False) -> None:
        """Close every socket: with a close frame, or (abruptly) by cutting the line."""
        for socket in list(self._sockets):
            self._drop(socket)
            if abruptly and socket.request.transport is not None:
                socket.request.transport.abort()
            else:
                await socket.ws.close(code=1001, drain=False)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to reconnect, as Slack does from time to time."""
        for socket in list(self._sockets):
            await socket.ws.send_json({"type": "disconnect", "reason": reason})

    async def _listen(self, socket: Socket) -> None:
        async for message in socket.ws:
            if message.type != WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            future = socket.owed.get(frame.get("envelope_id", ""))
            if future and not future.done():
                future.set_result(as_body(frame.get("payload")))

    async def _choose(self) -> Socket:
        if not self._sockets and not self._seen_one:
            raise NoAck("connection_failed")
        while not self._sockets:
            self._arrived.clear()
            await self._arrived.wait()
        self._turn += 1
        return self._sockets[self._turn % len(self._sockets)]

    async def _send_to(self, socket: Socket, envelope: Envelope) -> Json:
        envelope_id = secrets.token_hex(16)
        socket.owed[envelope_id] = asyncio.get_running_loop().create_future()
        frame: Json = {
            "envelope_id": envelope_id,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.accepts_response,
        }
        if envelope.kind == "events_api" or envelope.retry_num:
            frame |= {"retry_attempt": envelope.retry_num, "retry_reason": envelope.retry_reason}
        try:
            await socket.ws.send_json(frame)
            return await socket.owed[envelope_id]
        finally:
            future = socket.owed.pop(envelope_id)
            if not future.done():
                future.cancel()

    def _drop(self, socket: Socket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
        socket.lose()

    def _hello(self) -> Json:
        info = {"host": "local", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": info,
            "connection_info": {"app_id": self._workspace.app_id},
        }
