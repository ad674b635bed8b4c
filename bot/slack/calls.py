"""One call to Slack: in its turn, with a time limit, its failure told as one of three errors."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.errors import (
    TRANSIENT_CODES,
    UNCERTAIN_CODES,
    Permanent,
    SlackError,
    Transient,
    Uncertain,
)
from bot.slack.pace import Pace

CALL_SECONDS = 10

Sure = Callable[[], Awaitable[None]]
"""Awaited when a call's turn has come, just before it is made: what it raises, the caller gets."""


class Caller:
    """Calls in their turn (see `bot.slack.pace`); without a pace they are made as they come.

    `at_once`: somebody waits for what is called.
    """

    def __init__(self, pace: Pace | None = None, *, at_once: bool = False) -> None:
        self._pace = pace
        self._at_once = at_once

    async def __call__(
        self,
        method: str,
        ask: Callable[[], Awaitable[AsyncSlackResponse]],
        *,
        channel: str | None = None,
        sure: Sure | None = None,
    ) -> AsyncSlackResponse:
        """Call `method` by `ask` and return Slack's answer.

        Raises Transient (NotYet when there was no room), Uncertain or Permanent.
        """
        async with self._turn(method, channel):
            if sure is not None:
                await sure()
            return await call(ask())

    def _turn(self, method: str, channel: str | None) -> AbstractAsyncContextManager[None]:
        if self._pace is None:
            return nullcontext()
        return self._pace.turn(method, channel=channel, at_once=self._at_once)


async def call(sent: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Await a call and return Slack's answer. Raises Transient, Uncertain or Permanent."""
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await sent
    except Exception as error:
        if (told := understood(error)) is not None:
            raise told from None
        raise


def understood(error: Exception) -> SlackError | None:
    """What the SDK raised, as one of our three errors; None for a fault that is ours."""
    if isinstance(error, SlackApiError):
        return _refused(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Transient(type(error).__name__)  # no connection was made, so nothing was asked
    if isinstance(error, TimeoutError):
        return Uncertain("timeout")
    if isinstance(error, aiohttp.ClientError | OSError):
        return Uncertain(type(error).__name__)
    if isinstance(error, AttributeError | ValueError):
        # The SDK trips over a body that is not JSON, such as a proxy's page with status 200.
        return Uncertain("unreadable answer")
    return None


def _refused(error: SlackApiError) -> SlackError:
    response: Any = error.response
    # Over a broken body the SDK hands out aiohttp's response instead of its own.
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    wait = _seconds(response.headers.get("Retry-After"))
    if status == 429 or code in TRANSIENT_CODES:
        return Transient(code or "ratelimited", wait)
    if status >= 500 or code in UNCERTAIN_CODES:
        return Uncertain(code or f"http_{status}")
    if status == 200 and not code:
        return Uncertain("unreadable answer")
    return Permanent(code or f"http_{status}")


def _seconds(text: str | None) -> float | None:
    """Retry-After as seconds; a date or nonsense is as good as nothing."""
    try:
        return max(float(text), 0.0) if text is not None else None
    except ValueError:
        return None
