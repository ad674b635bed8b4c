"""What comes over HTTP as Bolt takes it, before anybody knows whether it comes from Slack."""

import re
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest

_SIGNED: Final = {
    "x-slack-request-timestamp": re.compile(r"[0-9]{1,12}"),
    "x-slack-signature": re.compile(r"v0=[0-9a-f]{64}"),
}
"""How Slack's headers look; the SDK trips over some that do not. Without them nobody is let in."""


def _may_be(name: str, value: str) -> bool:
    form = _SIGNED.get(name.casefold())
    return form is None or form.fullmatch(value) is not None


async def read_request(request: web.Request) -> AsyncBoltRequest | None:
    """The request; None for one that nobody can read. Raises aiohttp's answer to one too large."""
    try:
        body = await request.text()
    except (UnicodeDecodeError, LookupError):  # not in the encoding it names, or in none there is
        return None
    headers = {name: [value] for name, value in request.headers.items() if _may_be(name, value)}
    return bolt_request(body, headers, request.query_string)


def bolt_request(
    body: str, headers: dict[str, list[str]], query: str = ""
) -> AsyncBoltRequest | None:
    """Bolt's request of a body and its headers; None when it cannot be read."""
    try:
        made = AsyncBoltRequest(body=body, query=query, headers=dict(headers))
        read: object = made.body
        if not isinstance(read, dict):
            return None
        if not read and body and not body.startswith("{"):
            # Bolt takes a form with "payload" anywhere in it for one with that field.
            made.body = dict(parse_qsl(body, keep_blank_values=True))
            made.context = build_async_context(AsyncBoltContext({}), made.body)
    except Exception:  # noqa: BLE001 - Bolt looks into what anybody may have sent
        return None
    return made
