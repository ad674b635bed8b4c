"""Small things that every part of the local workspace shares."""

import hashlib
from base64 import b32encode
from typing import Any

Json = dict[str, Any]
SLACKBOT = "USLACKBOT"


class SlackError(Exception):
    """What Slack answers with `ok: false`; `extra` joins the answer (needed, …)."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


def stable_id(prefix: str, *parts: str) -> str:
    """An id in Slack's style that is the same on every start, made from `parts`."""
    digest = hashlib.sha256("\x00".join(parts).encode()).digest()
    return prefix + b32encode(digest).decode().rstrip("=")[:10]
