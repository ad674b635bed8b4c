"""Requests as Slack signs them."""

import json
import time
from typing import Any
from urllib.parse import urlencode

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.ops.inbound import bolt_request

SECRET = "the signing secret of the tests"
FORM = "application/x-www-form-urlencoded"


def form_request(body: dict[str, Any], *, retry: int = 0) -> AsyncBoltRequest | None:
    """A signed form: a command, or an interaction under `payload`."""
    return signed(urlencode(body, errors="surrogatepass"), FORM, retry=retry)


def signed_body(body: dict[str, Any]) -> AsyncBoltRequest | None:
    """The request that a command's form or an interaction comes in."""
    return form_request(body if "command" in body else {"payload": json.dumps(body)})


def json_request(body: Any, *, retry: int = 0) -> AsyncBoltRequest | None:
    """Signed JSON: an event."""
    return signed(json.dumps(body), "application/json", retry=retry)


def signed(raw: str, kind: str, *, retry: int = 0) -> AsyncBoltRequest | None:
    """Any body, signed just now; None when nobody can read it."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=raw)
    headers: dict[str, list[str]] = {
        "content-type": [kind],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    if retry:
        headers["x-slack-retry-num"] = [str(retry)]
    return bolt_request(raw, headers)
