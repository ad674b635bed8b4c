"""Socket Mode: what arrives goes to Bolt, and its answer goes back before the socket closes."""

import asyncio
from typing import Any, Final

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

PING_EVERY = 10.0  # seconds; also how soon a lost connection is noticed
ADDRESS_LASTS: Final = 60.0  # real seconds; Slack's addresses are good once, and not for long
LEAVES_AFTER: Final = 3.0  # real seconds; what is not answered by then Slack does not wait for

log = structlog.get_logger("bot.socket")


class UnderWay:
    """The envelopes that came and were not answered yet."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def follow(self, task: asyncio.Task[None]) -> None:
        """Wait for it, and have it counted until then."""
        self._tasks.add(task)
        try:
            await task
        finally:
            self._tasks.discard(task)

    async def land(self, within: float) -> None:
        """Return when all are answered, those that come meanwhile too; at most after `within`
        seconds."""
        try:
            async with asyncio.timeout(within):
                while self._tasks:
                    await asyncio.wait(set(self._tasks))
        except TimeoutError:
            return


class Socket(SocketModeClient):
    """The SDK's client, with two things mended: it answers what it was asked before it leaves a
    connection, and does not knock for ever at an address that Slack has given up.

    An acknowledgement counts on the connection that brought the envelope. The SDK closes that one
    as soon as Slack asks for another, and logs what is lost by it as an error of ours.
    """

    under_way: UnderWay

    async def connect(self) -> None:
        """To the new address, once what the old one brought is answered."""
        if self.current_session is not None and not self.current_session.closed:
            await self.under_way.land(LEAVES_AFTER)
        while not self.closed:
            try:
                async with asyncio.timeout(ADDRESS_LASTS):
                    await super().connect()  # type: ignore[no-untyped-call]
                return
            except TimeoutError:
                log.warning("socket_address_spent")
                self.wss_uri = None  # another one is asked for

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """As the SDK does; but that Slack has no other address just now is no error."""
        if message.get("type") != "disconnect":
            return await super().run_message_listeners(message, raw_message)
        try:
            await self.connect_to_new_endpoint(force=True)
        except Exception as error:  # noqa: BLE001 - when Slack closes this one, it is tried again
            log.warning("socket_not_renewed", error=type(error).__name__)


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
        # Not the SDK's own, which would make a client that cannot be replaced without closing it.
        self.app, self.app_token = app, app_token
        self.client = Socket(
            app_token, logger=app.logger, web_client=web_client, ping_interval=ping_every
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self.client.under_way = self._under_way = UnderWay()
        # An address asked for already, to see whether the token is right, serves the first time.
        self.client.wss_uri = url
        self.client.proxy = web_client.proxy  # by the same way
        self._closing = False

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope. While closing it is left to Slack, which delivers it elsewhere."""
        if not self._closing:
            await self._under_way.follow(asyncio.create_task(self._handle(client, req)))

    async def _handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        try:
            await super().handle(client, req)
        except ConnectionError:
            # Everything is done and saved; Slack brings again what it did not see acknowledged.
            log.info("ack_lost", kind=req.type, retry=req.retry_attempt or 0)

    async def is_connected(self) -> bool:
        return await self.client.is_connected()

    async def close(self, within: float) -> None:
        """Take nothing new, send the answers under way (`within` real seconds), and disconnect."""
        self._closing = True
        await self._under_way.land(within)
        await self.client.close()  # type: ignore[no-untyped-call]
        tasks = (
            self.client.message_processor,
            self.client.current_session_monitor,
            self.client.message_receiver,
        )
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
