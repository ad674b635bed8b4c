"""Slack as far as the gateway can see it: a server that records what it is asked.

Each method answers `{"ok": true}` and what it was told to, in order; a handler may also break the
connection or keep silent.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Asked:
    """One request: the method, and its arguments wherever the SDK put them."""

    method: str
    arguments: dict[str, Any]
    token: str


class FakeSlack:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        self._released = asyncio.Event()
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._serve)
        self._server = TestServer(application)

    async def __aenter__(self) -> "FakeSlack":
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/api/"))

    def says(self, method: str, status: int = 200, headers: Any = None, **body: Any) -> None:
        """Answer the next call of `method` with this JSON; `ok` is true unless given."""

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.json_response({"ok": True, **body}, status=status, headers=headers)

        self._answers[method].append(answer)

    def returns(self, method: str, text: str, content_type: str, status: int) -> None:
        """Answer the next call with a body that is not what Slack's API gives."""

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(text=text, content_type=content_type, status=status)

        self._answers[method].append(answer)

    def drops(self, method: str) -> None:
        """Close the connection on the next call, after having read it."""

        async def answer(request: web.Request) -> web.StreamResponse:
            assert request.transport is not None
            request.transport.close()
            return web.Response()

        self._answers[method].append(answer)

    def keeps_silent(self, method: str) -> None:
        """Read the next call and never answer."""

        async def answer(request: web.Request) -> web.StreamResponse:
            await self._released.wait()
            return web.Response()

        self._answers[method].append(answer)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            arguments |= await request.json()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append(Asked(method, arguments, token))
        waiting = self._answers[method]
        if waiting:
            return await waiting.pop(0)(request)
        return web.json_response({"ok": True})
