"""Slack's rate limits, per method, app and workspace, in real time."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.shapes import Json

TIER_2 = (
    "users.list",
    "conversations.list",
    "conversations.create",
    "conversations.archive",
    "conversations.rename",
)
TIER_3 = (
    "chat.update",
    "chat.delete",
    "conversations.open",
    "conversations.info",
    "conversations.invite",
    "conversations.join",
    "conversations.leave",
    "conversations.history",
    "conversations.replies",
    "users.conversations",
    "users.lookupByEmail",
    "team.info",
    "apps.connections.open",
    "reactions.add",
)
A_MINUTE = dict.fromkeys(TIER_2, 20) | dict.fromkeys(TIER_3, 50)
TIER_4_A_MINUTE = 100
WORKSPACE_A_MINUTE = 300
BURST_PER_CHANNEL = 2


class Limits:
    """Counts calls in sliding windows of the wall clock (sources: slack.md, Rate tiers)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[datetime]] = defaultdict(deque)

    def refuse(self, method: str, arguments: Json) -> int:
        """Count the call; 0 when it may pass, otherwise the seconds to wait (Retry-After)."""
        windows = [(method, A_MINUTE.get(method, TIER_4_A_MINUTE), timedelta(minutes=1))]
        if method == "chat.postMessage":
            channel = f"{method} {arguments.get('channel')}"
            windows = [
                (method, WORKSPACE_A_MINUTE, timedelta(minutes=1)),
                (channel, BURST_PER_CHANNEL, timedelta(seconds=BURST_PER_CHANNEL)),
            ]
        now = self._clock.wall()
        wait = max(self._wait(key, most, span, now) for key, most, span in windows)
        if not wait:
            for key, _, _ in windows:
                self._calls[key].append(now)
        return wait

    def used(self) -> dict[str, tuple[int, int]]:
        """Calls counted in the last minute and how many are allowed, by method."""
        now, found = self._clock.wall(), {}
        for key, calls in self._calls.items():
            most = A_MINUTE.get(key, TIER_4_A_MINUTE)
            if key == "chat.postMessage":
                most = WORKSPACE_A_MINUTE
            recent = sum(now - at < timedelta(minutes=1) for at in calls)
            if " " not in key and recent:
                found[key] = (recent, most)
        return found

    def _wait(self, key: str, most: int, span: timedelta, now: datetime) -> int:
        calls = self._calls[key]
        while calls and now - calls[0] >= span:
            calls.popleft()
        if len(calls) < most:
            return 0
        return max(1, int((calls[0] + span - now).total_seconds()) + 1)
