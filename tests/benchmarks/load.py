"""A steady stream of signed requests, each sent when it is due, whatever became of the last."""

import asyncio
import hashlib
import hmac
import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One request as Slack sends it, before it is signed."""

    body: str
    content_type: str


def command(fields: dict[str, str]) -> Inbound:
    """A slash command."""
    return Inbound(urlencode(fields), FORM)


def interaction(payload: dict[str, object]) -> Inbound:
    """A click."""
    return Inbound(urlencode({"payload": json.dumps(payload)}), FORM)


def event(payload: dict[str, object]) -> Inbound:
    """An event."""
    return Inbound(json.dumps(payload), "application/json")


def headers_for(inbound: Inbound, secret: str) -> dict[str, str]:
    """Slack's own headers, signed now."""
    stamp = str(int(time.time()))
    base = f"v0:{stamp}:{inbound.body}".encode()
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": inbound.content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }


async def drive(
    targets: Sequence[str],
    make: Callable[[int], Inbound],
    numbers: Iterable[int],
    *,
    secret: str,
    rate: float,
) -> dict[str, dict[int, float]]:
    """Send the requests with these numbers to each target, in turn, `rate` a second to each.

    Returns for each target how long each answer took, in milliseconds, counted from the moment the
    request was due. Raises for an answer that is no 200.
    """
    taken: dict[str, dict[int, float]] = {target: {} for target in targets}
    gap = 1 / (rate * len(targets))
    begin = time.perf_counter() + 0.1

    async def one(session: aiohttp.ClientSession, target: str, n: int, due: float) -> None:
        inbound = make(n)
        async with session.post(
            target, data=inbound.body.encode(), headers=headers_for(inbound, secret)
        ) as response:
            await response.read()
            response.raise_for_status()
        taken[target][n] = (time.perf_counter() - due) * 1000

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for turn, n in enumerate(numbers):
            for place, target in enumerate(targets):
                due = begin + (turn * len(targets) + place) * gap
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(one(session, target, n, due))
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 100) of the others do not exceed."""
    return statistics.quantiles(values, n=1000, method="inclusive")[int(share * 10) - 1]
