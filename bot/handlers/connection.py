"""Socket Mode: what arrives goes to Bolt, and its answer goes back before the socket closes."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

PING_EVERY = 10.0  # seconds; also how soon a lost connection is noticed


class Connection(AsyncSocketModeHandler):
    """One web socket, renewed by the SDK whenever Slack asks for it or it is lost."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        web_client: AsyncWebClient,
        *,
        url: str | None = None,
        ping_every: float = PING_EVERY,
    ) -> None:
        super().__init__(app, app_token, web_client=web_client, ping_interval=ping_every)
        # An address asked for already, to see whether the token is right, serves the first time.
        self.client.wss_uri = url
        self._under_way: set[asyncio.Task[None]] = set()
        self._closing = False

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope. While closing it is left to Slack, which delivers it elsewhere."""
        if self._closing:
            return
        task = asyncio.create_task(super().handle(client, req))
        self._under_way.add(task)
        try:
            await task
        finally:
            self._under_way.discard(task)

    async def is_connected(self) -> bool:
        return await self.client.is_connected()

    async def close(self, within: float) -> None:
        """Take nothing new, send the answers under way (`within` real seconds), and disconnect."""
        self._closing = True
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within)
        await self.client.close()  # type: ignore[no-untyped-call]
        tasks = (
            self.client.message_processor,
            self.client.current_session_monitor,
            self.client.message_receiver,
        )
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
