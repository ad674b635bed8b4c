"""A very small Slack on a real port: it opens conversations, takes messages, shows history.

It can act on a message and then never answer, which is what a killed sender leaves behind.
"""

import asyncio
import json
from typing import Any

from aiohttp import web


class SlackServer:
    """Keeps what was posted. While `mute`, a post has its effect and gets no answer."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self.mute = False
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/conversations.open", self._open)
        app.router.add_post("/api/chat.postMessage", self._post)
        app.router.add_get("/api/conversations.history", self._history)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _open(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "channel": {"id": "D1"}})

    async def _post(self, request: web.Request) -> web.Response:
        said = await request.json()
        metadata = said["metadata"]
        if isinstance(metadata, str):
            metadata = json.loads(metadata)
        ts = f"{1700000000 + len(self.posted)}.000100"
        self.posted.append({"ts": ts, "text": said["text"], "metadata": metadata})
        self.arrived.set()
        if self.mute:
            await asyncio.Event().wait()
        return web.json_response({"ok": True, "channel": said["channel"], "ts": ts})

    async def _history(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "messages": self.posted})
