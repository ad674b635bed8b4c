"""The Bolt application: who it speaks for, and every listener.

Bolt waits for a listener before it answers (`process_before_response`), so what a listener saved is
saved when Slack hears of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.desk import Desk
from bot.handlers.events import REMOVALS
from bot.handlers.inbound import whence
from bot.handlers.inbound.middleware import DESK
from bot.handlers.inbound.shape import is_in_shape
from bot.handlers.inbound.unsigned import Unsigned
from bot.handlers.inbound.whence import Whence
from bot.handlers.registry import register
from bot.slack.lines import Line
from bot.slack.proxy import proxy_for

NOT_SIGNED = 401  # what Bolt answers then
WHENCE = "lantern_whence"  # where a request's context says which team it came from
REMOVAL = "lantern_removal"  # and whether it tells that the app was removed
log = structlog.get_logger("bot.handlers")


class Bolt(AsyncApp):
    """Bolt, which lets the desk know that somebody waits for an answer, and tells of what Slack did
    not sign."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(**options)
        self._desk = desk
        self._unsigned = Unsigned()

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        with self._desk.flight.answering():
            response = await super().async_dispatch(req)
        if response.status == NOT_SIGNED:
            self._unsigned.refused(req.headers)
        return response


class LookFirst(AsyncMiddleware):
    """What does not have Slack's shape is turned away before anything reads it.

    Bolt has looked at the signature by then: whoever is not Slack learns nothing of shapes.
    """

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        if not is_in_shape(req.body):
            log.warning("misshapen")
            return BoltResponse(status=400, body="")
        req.context[WHENCE] = whence.read(req.body)
        req.context[REMOVAL] = _kind(req.body) in REMOVALS
        return await next()


def make_bolt(desk: Desk, *, signing_secret: str, api_url: str) -> AsyncApp:
    """An application with all listeners, for the workspaces that the desk has lines to.

    What comes from any other is acknowledged, and goes no further. `signing_secret` may be empty
    where nothing comes by HTTP.
    """

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult | None:
        came_from: Whence = context[WHENCE]
        line = await _line(desk, came_from)
        if line is None and desk.many is not None and context[REMOVAL]:
            return AuthorizeResult(
                enterprise_id=came_from.enterprise_id or None, team_id=came_from.team_id or None
            )  # of an organisation, and no team's affair
        if line is None:
            log.warning("not_installed", team=came_from.team_id, enterprise=came_from.enterprise_id)
            # Bolt says so where it was pressed, and stumbles over an address that is none.
            context["response_url"] = context.response_url or None
            return None
        context[DESK] = desk.at(line)
        return AuthorizeResult(
            enterprise_id=line.enterprise_id or None,
            team_id=line.team_id,
            bot_user_id=line.bot_user_id,
        )

    # Without a token, so that Bolt asks `authorize` and calls nothing by itself.
    client = AsyncWebClient(token=None, base_url=api_url, retry_handlers=[])
    client.proxy = proxy_for(api_url)
    app = Bolt(
        desk,
        name="Lantern",
        client=client,
        before_authorize=LookFirst(),
        authorize=authorize,
        signing_secret=signing_secret,
        # Said to a person of another team, and where Lantern was removed or lost its token.
        user_facing_authorize_error_message=desk.templates.message("not_installed").text,
        process_before_response=True,
    )
    register(app, desk)
    return app


def _kind(body: Mapping[str, Any]) -> str:
    event = body.get("event")
    return str(event.get("type")) if isinstance(event, Mapping) else ""


async def _line(desk: Desk, came_from: Whence) -> Line | None:
    """The line to whoever sent this. When it cannot be looked up the listener finds out why, and
    says so as it does of every trouble."""
    try:
        return await desk.lines.to_team(came_from.team_id, came_from.enterprise_id)
    except Exception as error:  # noqa: BLE001 - nothing escapes
        log.warning("line not found", error=type(error).__name__)
        return Line(desk.gateway, came_from.team_id, desk.bot_user_id)
