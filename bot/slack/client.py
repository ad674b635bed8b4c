"""Slack's own client, with every call timed, counted and logged under the reference at hand."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.meter import UNMEASURED, CallOutcome, Meter
from bot.slack.calls import understood
from bot.slack.errors import LIMITED, TOKEN_VOID, Permanent, SlackError, Transient

log = structlog.get_logger("bot.slack")


OTHER_TOKENS = frozenset({"api.test", "apps.connections.open", "apps.uninstall", "oauth.v2.access"})
"""Methods asked with another token than the bot's, or with none: they tell nothing of it."""

Renew = Callable[[str], Awaitable[str | None]]
"""Asked for another token in place of an expired one; None when there is none."""


class Client(AsyncWebClient):
    """One workspace's client, or one without a token. The log gets the method's name alone.

    `void` is Slack's word for why it takes the token no longer; None while it does.
    """

    meter: Meter = UNMEASURED
    renew: Renew | None = None
    void: str | None = None

    async def api_call(self, api_method: str, **options: Any) -> AsyncSlackResponse:
        """The SDK's one way out; raises what the SDK raises.

        What Slack refused because the token has expired was not done: it is asked once more with
        another token, where there is one.
        """
        token = self.token
        try:
            return await self._call(api_method, options)
        except SlackApiError as error:
            if self.renew is None or token is None or not _is_expired(error):
                raise
            if (another := await self.renew(token)) is None:
                raise
        self.token = another
        return await self._call(api_method, options)

    async def _call(self, api_method: str, options: dict[str, Any]) -> AsyncSlackResponse:
        began = time.monotonic()
        try:
            answer = await super().api_call(api_method, **options)
        except BaseException as error:
            self._note(api_method, began, error)
            raise
        self._note(api_method, began, None)
        return answer

    def _note(self, method: str, began: float, error: BaseException | None) -> None:
        seconds = time.monotonic() - began
        outcome, said = _outcome(error)
        self.meter.called(method, outcome, seconds)
        if method not in OTHER_TOKENS and outcome in ("ok", "refused"):
            self._learn(said.get("code"))
        write = log.debug if error is None else log.info
        write("slack_call", method=method, outcome=outcome, ms=round(seconds * 1000), **said)

    def _learn(self, code: str | None) -> None:
        before, self.void = self.void, code if code in TOKEN_VOID else None
        if self.void is not None and before is None:
            log.warning("token_refused", why=self.void)


def _is_expired(error: SlackApiError) -> bool:
    told = understood(error)
    return isinstance(told, Permanent) and told.code == "token_expired"


def _outcome(error: BaseException | None) -> tuple[CallOutcome, dict[str, str]]:
    """What became of it, and Slack's own word (or ours) for why."""
    if error is None:
        return "ok", {}
    if isinstance(error, asyncio.CancelledError):
        return "cancelled", {}
    told = understood(error) if isinstance(error, Exception) else None
    if isinstance(told, Permanent):
        return "refused", {"code": told.code}
    if isinstance(told, Transient):
        slower = told.reason in LIMITED
        return ("ratelimited" if slower else "unavailable"), {"code": told.reason}
    return "uncertain", {"code": str(told) if isinstance(told, SlackError) else ""}
