"""The Bolt application: who it speaks for, and every listener.

Bolt waits for a listener before it answers (`process_before_response`), so what a listener saved is
saved when Slack hears of it.
"""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.desk import Desk
from bot.handlers.registry import register


class Bolt(AsyncApp):
    """Bolt, which lets the desk know that somebody waits for an answer."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(**options)
        self._desk = desk

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        with self._desk.flight.answering():
            return await super().async_dispatch(req)


def make_bolt(desk: Desk, *, signing_secret: str, api_url: str) -> AsyncApp:
    """An application with all listeners, for the one workspace of the desk.

    `signing_secret` may be empty where nothing comes by HTTP.
    """

    async def authorize(team_id: str | None, **_: Any) -> AuthorizeResult | None:
        # Null on organisation-wide installations; another team's people are refused later, kindly.
        if team_id not in (None, desk.team_id):
            return None
        return AuthorizeResult(
            enterprise_id=None, team_id=desk.team_id, bot_user_id=desk.bot_user_id
        )

    app = Bolt(
        desk,
        name="Lantern",
        # Without a token, so that Bolt asks `authorize` and calls nothing by itself.
        client=AsyncWebClient(token=None, base_url=api_url, retry_handlers=[]),
        authorize=authorize,
        signing_secret=signing_secret,
        process_before_response=True,
    )
    register(app, desk)
    return app
