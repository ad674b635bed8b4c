"""Slack's own pace: every call waits for its turn, in this process and among all of them.

The arithmetic is in `domain/pace_book`, the limits are in `tiers`, and why it is done so in
docs/decisions/014-pace.md. Whoever waits here has no transaction open.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog

from bot.domain import pace_book
from bot.domain.pace_book import Book, Grant, Reading, Share, Shelf
from bot.meter import UNMEASURED, Meter
from bot.slack.errors import LIMITED, NotYet, Transient
from bot.slack.pace.rooms import Rooms
from bot.slack.pace.tiers import POST, TIERS, Tier

PATIENCE = 6.0  # seconds that what can wait does wait here, before it is put off
FOR_PEOPLE = 2.0  # seconds that a call waits for which somebody waits: a trigger lives for three
AHEAD = 1.0  # seconds for which slots are taken in advance
LATE = 0.5  # seconds after which a slot is lost (half of `SPREAD`)
PAUSE = 10.0  # seconds of silence when Slack named none
SHELF_WITHIN = 0.5  # seconds that somebody who waits is made to wait for the books
TRIES = 8  # of writing a book that others write too

log = structlog.get_logger(__name__)


class OwnShelf:
    """The books of one process alone, by its own watch."""

    def __init__(self) -> None:
        self._books: dict[tuple[str, str], tuple[Book, int]] = {}

    async def read(self, team_id: str, method: str) -> Reading:
        book, version = self._books.get((team_id, method), (Book(), 0))
        return Reading(book, version, _watch())

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        if self._books.get((team_id, method), (None, 0))[1] != version:
            return False
        self._books[team_id, method] = book, version + 1
        return True


@dataclass(slots=True)
class _Line:
    """Those in this process who wait for one method: first come, first served."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    slots: deque[float] = field(default_factory=deque)  # taken in advance, by our own watch
    seen: tuple[float, float] | None = None  # our watch and the book's time, when last seen

    def drop_stale(self) -> None:
        while self.slots and self.slots[0] < _watch() - LATE:
            self.slots.popleft()


class Pace:
    """The turns of one workspace, as this process takes them. Used on one event loop.

    `meter` is told how long each was waited for.
    """

    def __init__(self, shelf: Shelf, team_id: str, meter: Meter = UNMEASURED) -> None:
        self._shelf = shelf
        self._team_id = team_id
        self._meter = meter
        self._lines: dict[str, _Line] = {}
        self._rooms = Rooms()

    @asynccontextmanager
    async def turn(
        self, method: str, *, channel: str | None = None, at_once: bool = False
    ) -> AsyncIterator[None]:
        """Entered when `method` may be called; the call is made inside. A 429 is heard by all.

        `at_once`: somebody waits for it. Raises NotYet when the turn does not come in a few
        seconds; nothing was called then.
        """
        began = _watch()
        until = began + (FOR_PEOPLE if at_once else PATIENCE)
        room = channel if method == POST else None
        try:
            async with self._rooms.turn(room, until, at_once=at_once):
                await (self._soon if at_once else self._in_line)(method, until)
                self._rooms.said(room)
                self._meter.waited(method, "came", _watch() - began)
                try:
                    yield
                except Transient as error:
                    if error.reason in LIMITED:
                        await self._hear(method, error.retry_after)
                    raise
        except NotYet:
            self._meter.waited(method, "put_off", _watch() - began)
            raise

    async def _hear(self, method: str, seconds: float | None) -> None:
        """Slack asked for silence: everybody keeps it. Raises nothing: the 429 is what counts."""
        silence = PAUSE if seconds is None else seconds
        line = self._line(method)
        line.slots.clear()
        log.warning("slack_paused", method=method, seconds=silence)
        try:
            async with asyncio.timeout(FOR_PEOPLE):
                await self._pause(method, line, silence)
        except Exception as error:  # noqa: BLE001 - whoever calls next is told by Slack itself
            log.warning("pace_unread", method=method, error=type(error).__name__)

    async def _pause(self, method: str, line: _Line, silence: float) -> None:
        for _ in range(TRIES):
            reading, book, now = await self._read(method, line)
            paused = pace_book.pause(book, now, silence)
            if await self._shelf.write(self._team_id, method, paused, reading.version):
                return

    async def _in_line(self, method: str, until: float) -> None:
        """Wait for a slot of those that can wait."""
        tier, line = _tier(method), self._line(method)
        share = tier.common
        if share is None:
            return await self._soon(method, until)
        line.waiting += 1
        try:
            async with asyncio.timeout_at(until):
                await line.lock.acquire()
        except TimeoutError:
            raise NotYet(line.waiting * share.gap, method) from None
        finally:
            line.waiting -= 1
        try:
            await _sleep_until(await self._next_slot(method, line, share, until))
        finally:
            line.lock.release()

    async def _next_slot(self, method: str, line: _Line, share: Share, until: float) -> float:
        while True:
            line.drop_stale()
            if line.slots:
                if line.slots[0] > until:
                    raise NotYet(line.slots[0] - _watch(), method)
                return line.slots.popleft()
            grant = await self._take(method, share, want=1 + line.waiting, within=AHEAD)
            line.slots.extend(_watch() + slot for slot in grant.slots)
            if not grant.slots:
                await _wait(grant.wait, until, method)

    async def _soon(self, method: str, until: float) -> None:
        """A slot for whom somebody waits: of the part that is kept, or the next of the rest.

        When the books cannot be read in time the call is made all the same.
        """
        asking = asyncio.ensure_future(self._slot_for_people(method, until))
        asking.add_done_callback(_looked_at)
        done, _ = await asyncio.wait({asking}, timeout=until - _watch() + SHELF_WITHIN)
        if not done:
            log.warning("pace_unread", method=method)
            return
        try:
            await _sleep_until(asking.result())
        except NotYet:
            raise
        except Exception as error:  # noqa: BLE001 - nobody's form fails because of our books
            log.warning("pace_unread", method=method, error=type(error).__name__)

    async def _slot_for_people(self, method: str, until: float) -> float:
        tier, line = _tier(method), self._line(method)
        while True:
            waits = []
            within = max(0.0, until - _watch())
            for share, people in ((tier.for_people, True), (tier.common, False)):
                if share is None:
                    continue
                line.drop_stale()
                if not people and line.slots and line.slots[0] <= until:
                    return line.slots.popleft()
                grant = await self._take(method, share, want=1, within=within, people=people)
                if grant.slots:
                    return _watch() + grant.slots[0]
                waits.append(grant.wait)
            await _wait(min(waits), until, method)

    async def _take(
        self, method: str, share: Share, *, want: int, within: float, people: bool = False
    ) -> Grant:
        line = self._line(method)
        for _ in range(TRIES):
            reading, book, now = await self._read(method, line)
            book, grant = pace_book.grant(book, share, now, want=want, within=within, people=people)
            if book == reading.book or await self._shelf.write(
                self._team_id, method, book, reading.version
            ):
                return grant
        return Grant((), share.gap)  # everybody writes at once; a moment later they do not

    async def _read(self, method: str, line: _Line) -> tuple[Reading, Book, float]:
        """What lies on the shelf, the same with its time put right, and the book's time."""
        reading = await self._shelf.read(self._team_id, method)
        watch, expected, since = _watch(), None, 0.0
        if line.seen is not None:
            since = watch - line.seen[0]
            expected = line.seen[1] + since
        book = pace_book.settle(reading.book, reading.now, expected, since)
        now = reading.now - book.ahead
        line.seen = (watch, now)
        return reading, book, now

    def _line(self, method: str) -> _Line:
        return self._lines.setdefault(method, _Line())


class Paces:
    """The paces of all workspaces that this process serves."""

    def __init__(self, shelf: Shelf, meter: Meter = UNMEASURED) -> None:
        self._shelf = shelf
        self._meter = meter
        self._paces: dict[str, Pace] = {}

    def of(self, team_id: str) -> Pace:
        """The one pace of a workspace, by Slack's id for it."""
        return self._paces.setdefault(team_id, Pace(self._shelf, team_id, self._meter))


def _tier(method: str) -> Tier:
    return TIERS[method]


def _watch() -> float:
    """Seconds that only ever run forward: the event loop's own."""
    return asyncio.get_running_loop().time()


async def _sleep_until(moment: float) -> None:
    if (wait := moment - _watch()) > 0:
        await asyncio.sleep(wait)


async def _wait(seconds: float, until: float, method: str) -> None:
    """Wait before asking again; raises NotYet at once when that would be too late."""
    if _watch() + seconds > until:
        raise NotYet(seconds, method)
    await asyncio.sleep(seconds)


def _looked_at(task: "asyncio.Future[float]") -> None:
    """Should nobody wait for it any more, its error interests nobody."""
    if not task.cancelled():
        task.exception()
