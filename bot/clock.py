"""The one source of "now" and of waiting.

Every moment is an aware UTC datetime. `now()` is the time Lantern lives by: real by default, faster
in a rehearsal, moved by hand in the local workspace. `wall()` is always real time: leases,
signatures, triggers and acks must not jump when the clock is moved.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # the first is Linux's


@dataclass(frozen=True, slots=True)
class Alarm:
    """The next moment at which something will happen, and what (a few words, no content)."""

    at: datetime
    what: str


class Sleeper(Protocol):
    """Something that acts because of time, as a movable clock sees it."""

    async def next_alarm(self, after: datetime) -> Alarm | None:
        """The first alarm strictly later than `after` (UTC), or None when nothing is planned."""

    async def wake(self) -> None:
        """Do everything that is due by now, and return when it is done."""


def steady() -> float:
    """Seconds of real time that only run forward, also while the machine sleeps, where it says so.

    For lengths alone: the zero is anywhere.
    """
    return time.clock_gettime(_STEADY)


class Clock(Protocol):
    """What the rest of Lantern asks of time."""

    def now(self) -> datetime:
        """The moment Lantern lives in, aware UTC."""

    def wall(self) -> datetime:
        """The real moment, aware UTC, whatever `now()` says."""

    def attach(self, sleeper: Sleeper) -> None:
        """Let a movable clock wake `sleeper` as it passes the alarms; a real clock need not."""

    def detach(self, sleeper: Sleeper) -> None:
        """The opposite of `attach`; unknown sleepers are ignored."""


class RealClock:
    """Real time, or real time running `speed` times as fast from the moment it was made."""

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("a clock's speed must be positive")
        self._speed = speed
        self._start = datetime.now(UTC)

    def now(self) -> datetime:
        real = datetime.now(UTC)
        if self._speed == 1.0:
            return real
        return self._start + (real - self._start) * self._speed

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def attach(self, sleeper: Sleeper) -> None:
        """Nothing to do: a real clock is never moved."""

    def detach(self, sleeper: Sleeper) -> None:
        """Nothing to do."""


class MovableClock:
    """A clock that is moved by hand, and passes every alarm on its way.

    It stands still by default; `play(speed)` lets it run. Moving goes forward only: what has been
    said cannot be unsaid.
    """

    def __init__(self, start: datetime, speed: float = 0.0) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._base = start.astimezone(UTC)
        self._base_wall = datetime.now(UTC)
        self._speed = speed
        self._sleepers: list[Sleeper] = []
        self._moving = asyncio.Lock()
        self._watchers: list[Callable[[datetime], Awaitable[None]]] = []

    @property
    def speed(self) -> float:
        """How fast the clock runs by itself: 0 stands still, 1 is real time."""
        return self._speed

    def now(self) -> datetime:
        if not self._speed:
            return self._base
        return self._base + (datetime.now(UTC) - self._base_wall) * self._speed

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def attach(self, sleeper: Sleeper) -> None:
        self._sleepers.append(sleeper)

    def detach(self, sleeper: Sleeper) -> None:
        if sleeper in self._sleepers:
            self._sleepers.remove(sleeper)

    def watch(self, told: Callable[[datetime], Awaitable[None]]) -> None:
        """Call `told` with the new moment after each step of a move."""
        self._watchers.append(told)

    def play(self, speed: float) -> None:
        """Run by itself from here on, `speed` times as fast as real time (0 stops it)."""
        if speed < 0:
            raise ValueError("a clock does not run backwards")
        self._set(self.now())
        self._speed = speed

    async def next_alarm(self) -> Alarm | None:
        """The next thing that will happen, over everything attached."""
        now = self.now()
        alarms = [alarm for s in self._sleepers if (alarm := await s.next_alarm(now))]
        return min(alarms, key=lambda alarm: alarm.at, default=None)

    async def advance(self, by: timedelta) -> None:
        """Move forward by `by`, stopping at every alarm on the way until what is due is done."""
        await self.move_to(self.now() + by)

    async def move_to(self, moment: datetime) -> None:
        """Move forward to `moment`, stopping at every alarm on the way until what is due is done.

        Raises ValueError for a moment in the past.
        """
        async with self._moving:
            if moment < self.now():
                raise ValueError("the clock only moves forward")
            await self._wake_all()
            while (alarm := await self.next_alarm()) and alarm.at <= moment:
                await self._step(alarm.at)
            if moment > self.now():
                await self._step(moment)

    async def _step(self, moment: datetime) -> None:
        self._set(max(moment.astimezone(UTC), self.now()))
        await self._wake_all()
        for told in self._watchers:
            await told(self.now())

    async def _wake_all(self) -> None:
        for sleeper in list(self._sleepers):
            await sleeper.wake()

    def _set(self, moment: datetime) -> None:
        self._base = moment
        self._base_wall = datetime.now(UTC)
