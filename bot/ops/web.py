"""What Lantern answers over HTTP: Slack's requests, and to whoever watches over it.

`/livez`: the process runs. `/readyz`: it can serve people, or what keeps it from that. `/metrics`:
numbers for Prometheus. None of the three says anything about a person.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp

from bot.ops.inbound import read_request

MOST_BYTES = 4 * 1024 * 1024  # the largest view is 250 kB, form-encoded several times that

SLACK_PATH = "/slack/events"

Problems = Callable[[], Awaitable[list[str]]]
Page = Callable[[], Awaitable[bytes]]


def web_app(
    bolt: Callable[[], AsyncApp | None], problems: Problems, metrics: Page | None
) -> web.Application:
    """`bolt` gives the running Bolt app (None: not now), `problems` what is wrong, `metrics` the
    page of numbers (None: not here)."""

    async def slack(request: web.Request) -> web.StreamResponse:
        app = bolt()
        if app is None:
            return web.Response(status=503)
        read = await read_request(request)
        if read is None:
            return web.Response(status=400)
        return await to_aiohttp_response(await app.async_dispatch(read))

    made = web.Application(client_max_size=MOST_BYTES)
    made.router.add_post(SLACK_PATH, slack)
    _watched(made, problems, metrics)
    return made


def health_app(problems: Problems, metrics: Page) -> web.Application:
    """The same without Slack's requests, for a port that only an operator reaches."""
    made = web.Application()
    _watched(made, problems, metrics)
    return made


def _watched(made: web.Application, problems: Problems, metrics: Page | None) -> None:
    async def live(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(request: web.Request) -> web.Response:
        amiss = await problems()
        status = 503 if amiss else 200
        return web.json_response({"ready": not amiss, "problems": amiss}, status=status)

    made.router.add_get("/livez", live)
    made.router.add_get("/readyz", ready)
    if metrics is not None:
        made.router.add_get("/metrics", _numbers(metrics))


def _numbers(metrics: Page) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def numbers(request: web.Request) -> web.Response:
        return web.Response(body=await metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return numbers
