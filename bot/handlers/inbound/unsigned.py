"""Requests that Slack did not sign: an operator reads why, and nobody can fill the log with them.

With a wrong signing secret everything is refused, and Slack shows no more than that it was.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog

ONCE_IN: Final = 60.0  # real seconds; what is refused meanwhile is counted
COUNTS_FOR: Final = 300  # seconds that Slack's signature counts, either way

Headers = Mapping[str, Sequence[str]]
log = structlog.get_logger("bot.handlers")


class Unsigned:
    """Counts what is refused, and says so once in a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said_at = float("-inf")
        self._since = 0

    def refused(self, headers: Headers) -> None:
        """One more; `headers` are named in small letters."""
        self._since += 1
        now = self._clock()
        if now - self._said_at < ONCE_IN:
            return
        log.warning("request_refused", why=why(headers, time.time()), times=self._since)
        self._said_at, self._since = now, 0


def why(headers: Headers, now: float) -> str:
    """ "unsigned" by anybody, "clock" for one of another time, or "secret": signed with another.

    `now` is in Unix seconds.
    """
    stamp = (headers.get("x-slack-request-timestamp") or [""])[0]
    if not stamp.isdecimal() or not headers.get("x-slack-signature"):
        return "unsigned"
    return "clock" if abs(now - int(stamp)) > COUNTS_FOR else "secret"
