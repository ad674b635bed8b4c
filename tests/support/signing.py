"""Requests as Slack signs them."""

import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

SECRET = "the signing secret of the tests"
FORM = "application/x-www-form-urlencoded"


def form_request(body: dict[str, Any], *, retry: int = 0) -> AsyncBoltRequest:
    """A signed form: a command, or an interaction under `payload`."""
    return signed(urlencode(body, errors="surrogatepass"), FORM, retry=retry)


def json_request(body: Any, *, retry: int = 0) -> AsyncBoltRequest:
    """Signed JSON: an event."""
    return signed(json.dumps(body), "application/json", retry=retry)


def signed(raw: str, kind: str, *, retry: int = 0) -> AsyncBoltRequest:
    """Any body, signed just now."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=raw)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [kind],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    if retry:
        headers["x-slack-retry-num"] = [str(retry)]
    return AsyncBoltRequest(body=raw, headers=headers)
