"""The change feed: what happened on somebody's screen, numbered."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` says what changed (message, view, people, typed, …); `users` None means everybody."""

    seq: int
    kind: str
    channel: str = ""
    users: frozenset[str] | None = None


@dataclass(slots=True)
class Changes:
    """Numbered changes and a way to wait for the next one; the last 10,000 are kept."""

    seq: int = 0
    _kept: deque[Change] = field(default_factory=lambda: deque(maxlen=10_000))
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)

    def add(self, kind: str, channel: str = "", users: frozenset[str] | None = None) -> Change:
        """Number a change and wake everyone who waits."""
        self.seq += 1
        change = Change(self.seq, kind, channel, users)
        self._kept.append(change)
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
        return change

    def since(self, seq: int, user_id: str | None = None) -> list[Change]:
        """Changes after `seq`, only those that concern `user_id` when it is given."""
        new = takewhile(lambda change: change.seq > seq, reversed(self._kept))
        mine = [c for c in new if user_id is None or c.users is None or user_id in c.users]
        return mine[::-1]

    async def wait(self, after: int, user_id: str | None = None) -> None:
        """Return as soon as something is numbered higher than `after`, that concerns `user_id`
        when it is given."""
        while self.seq <= after or (user_id and not self.since(after, user_id)):
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter
