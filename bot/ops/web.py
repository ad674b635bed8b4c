"""What Lantern answers over HTTP: Slack's requests, and whether it lives and is ready."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

MOST_BYTES = 4 * 1024 * 1024  # the largest view is 250 kB, form-encoded several times that

SLACK_PATH = "/slack/events"


def web_app(
    bolt: Callable[[], AsyncApp | None], problems: Callable[[], Awaitable[list[str]]]
) -> web.Application:
    """`bolt` gives the running Bolt app (None: not now), `problems` what is wrong."""

    async def slack(request: web.Request) -> web.StreamResponse:
        app = bolt()
        if app is None:
            return web.Response(status=503)
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def live(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(request: web.Request) -> web.Response:
        amiss = await problems()
        status = 503 if amiss else 200
        return web.json_response({"ready": not amiss, "problems": amiss}, status=status)

    made = web.Application(client_max_size=MOST_BYTES)
    made.router.add_post(SLACK_PATH, slack)
    made.router.add_get("/livez", live)
    made.router.add_get("/readyz", ready)
    return made
