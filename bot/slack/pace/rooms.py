"""One channel, one message at a time, and the next a little later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.slack.errors import NotYet
from bot.slack.pace.tiers import CHANNEL_GAP

REMEMBERED = 4096  # channels, before those that are free again are forgotten


@dataclass(slots=True)
class _Room:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0
    free_at: float = 0.0  # by the event loop's watch


class Rooms:
    """The channels in which this process speaks."""

    def __init__(self) -> None:
        self._rooms: dict[str, _Room] = {}

    @asynccontextmanager
    async def turn(
        self, channel: str | None, until: float, *, at_once: bool = False
    ) -> AsyncIterator[None]:
        """Entered when nothing was said there for a while; raises NotYet when that is after
        `until`. For None there is nothing to wait for, and `at_once` overtakes those who wait."""
        if channel is None:
            yield
            return
        room = self._room(channel)
        if at_once:
            await _until_free(room, until)
            yield
            return
        room.inside += 1
        try:
            await _enter(room, until)
            try:
                yield
            finally:
                room.lock.release()
        finally:
            room.inside -= 1

    def said(self, channel: str | None) -> None:
        """Something is being said there now."""
        if channel is not None:
            self._room(channel).free_at = _watch() + CHANNEL_GAP

    def _room(self, channel: str) -> _Room:
        if len(self._rooms) >= REMEMBERED:
            self._forget()
        return self._rooms.setdefault(channel, _Room())

    def _forget(self) -> None:
        now = _watch()
        for name in [n for n, r in self._rooms.items() if not r.inside and r.free_at <= now]:
            del self._rooms[name]


async def _enter(room: _Room, until: float) -> None:
    try:
        async with asyncio.timeout_at(until):
            await room.lock.acquire()
    except TimeoutError:
        raise NotYet(CHANNEL_GAP) from None
    try:
        await _until_free(room, until)
    except BaseException:
        room.lock.release()
        raise


async def _until_free(room: _Room, until: float) -> None:
    wait = room.free_at - _watch()
    if wait > 0:
        if room.free_at > until:
            raise NotYet(wait)
        await asyncio.sleep(wait)


def _watch() -> float:
    return asyncio.get_running_loop().time()
