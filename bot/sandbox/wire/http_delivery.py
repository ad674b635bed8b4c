"""Signed HTTP: events as JSON, commands and interactions as forms, an answer to each."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.shapes import Json
from bot.sandbox.wire.ack import Ack, Envelope, NoAck, as_body

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


class SignedHttp:
    """The transport for apps with a request URL."""

    def __init__(self, workspace: "Workspace", request_url: str) -> None:
        self._workspace = workspace
        self._url = request_url
        self._session: aiohttp.ClientSession | None = None

    async def send(self, envelope: Envelope, within: float) -> Ack:
        """POST it; raises NoAck unless a 2xx comes in time."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        body, headers = self._encode(envelope)
        try:
            async with (
                asyncio.timeout(within),
                self._session.post(self._url, data=body, headers=headers) as response,
            ):
                text = await response.text()
        except TimeoutError:
            raise NoAck("timeout") from None
        except aiohttp.ClientError:
            raise NoAck("connection_failed") from None
        if not 200 <= response.status < 300:
            raise NoAck("http_error")
        return Ack(as_body(_decode(text, response.content_type)))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    def _encode(self, envelope: Envelope) -> tuple[bytes, dict[str, str]]:
        form = "application/x-www-form-urlencoded"
        if envelope.kind == "events_api":
            body, kind = json.dumps(envelope.payload), "application/json"
        elif envelope.kind == "slash_commands":
            body, kind = urlencode(envelope.payload), form
        else:
            body, kind = urlencode({"payload": json.dumps(envelope.payload)}), form
        headers = {"Content-Type": kind, "User-Agent": "Slackbot 1.0", **self._sign(body)}
        if envelope.retry_num:
            reason = {"timeout": "http_timeout"}.get(envelope.retry_reason, envelope.retry_reason)
            headers |= {
                "X-Slack-Retry-Num": str(envelope.retry_num),
                "X-Slack-Retry-Reason": reason,
            }
        return body.encode(), headers

    def _sign(self, body: str) -> dict[str, str]:
        # Whoever checks it reads the machine's own clock, wherever a test has put the others.
        stamp = str(int(time.time()))
        base = f"v0:{stamp}:{body}".encode()
        secret = self._workspace.signing_secret.encode()
        signature = hmac.new(secret, base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def _decode(text: str, content_type: str) -> Json | str:
    if content_type == "application/json" or text.startswith("{"):
        try:
            found: Json = json.loads(text)
        except ValueError:
            return text
        return found
    return text
