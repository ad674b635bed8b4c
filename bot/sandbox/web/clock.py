"""Moving the workspace's clock from the page, in steps that can be stopped."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timedelta

from bot.clock import Alarm, MovableClock
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.shapes import Json
from bot.sandbox.workspace import Workspace

LONGEST_STEP = timedelta(days=1)
FARTHEST = timedelta(days=3660)
FASTEST = 86_400.0
BEAT = 0.25  # real seconds between two steps while the clock plays


class Pace:
    """Moves the clock as the page asks. One move at a time; a new one ends the old.

    Playing is done in small moves, so that every alarm on the way is met in order.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._task: asyncio.Task[None] | None = None
        self._speed = 0.0
        self._target: datetime | None = None
        self._trouble = ""
        if isinstance(workspace.clock, MovableClock):
            workspace.clock.watch(self._tell)

    @property
    def _clock(self) -> MovableClock:
        clock = self._workspace.clock
        if not isinstance(clock, MovableClock):
            raise Refused("this workspace lives in real time; its clock cannot be moved")
        return clock

    async def shown(self) -> Json:
        """For the page: now (seconds since 1970), whether it moves, and what comes next."""
        clock = self._workspace.clock
        alarm: Alarm | None = None
        if isinstance(clock, MovableClock):
            alarm = await clock.next_alarm()
        return {
            "now": clock.now().timestamp(),
            "movable": isinstance(clock, MovableClock),
            "runs": float(getattr(clock, "speed", 1.0)),
            "plays": self._speed,
            "trouble": self._trouble,
            "target": self._target.timestamp() if self._target else None,
            "next": {"at": alarm.at.timestamp(), "what": alarm.what} if alarm else None,
        }

    async def advance(self, seconds: float) -> None:
        """Start moving forward by so many seconds."""
        if not 0 < seconds <= FARTHEST.total_seconds():
            raise Refused("the clock moves forward only, by ten years at most at once")
        # Pressed twice, it goes twice as far, also when the first move is still under way.
        start = self._target or self._clock.now()
        await self.move_to(start + timedelta(seconds=seconds))

    async def to_next(self) -> None:
        """Start moving to the next thing that will happen."""
        alarm = await self._clock.next_alarm()
        if alarm is None:
            raise Refused("nothing is planned")
        await self.move_to(alarm.at)

    async def move_to(self, moment: datetime) -> None:
        """Start moving to a moment (UTC)."""
        clock = self._clock
        if not timedelta(0) <= moment - clock.now() <= FARTHEST:
            raise Refused("the clock moves forward only, by ten years at most at once")
        await self.stop()
        self._target = moment
        self._begin(self._move(clock, moment))

    async def play(self, speed: float) -> None:
        """Let it run by itself, `speed` times as fast as real time; 0 stops it and any move."""
        if not 0 <= speed <= FASTEST:
            raise Refused(f"the speed is between 0 and {FASTEST:.0f}")
        clock = self._clock
        await self.stop()
        clock.play(0)
        if speed:
            self._speed = speed
            self._begin(self._play(clock, speed))
        self._changed()

    async def stop(self) -> None:
        """End what is going on, after the step it is in."""
        task, self._task, self._speed, self._target = self._task, None, 0.0, None
        if task is not None and not task.done():
            await asyncio.wait([task])

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        self._trouble = ""
        self._task = asyncio.create_task(work)
        self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Something that woke on the way may have failed: the page says so."""
        if not task.cancelled() and (failed := task.exception()):
            self._speed, self._trouble = 0.0, f"The clock stopped: {failed!r}"
            self._changed()

    async def _move(self, clock: MovableClock, moment: datetime) -> None:
        try:
            while self._target == moment and clock.now() < moment:
                await clock.move_to(min(moment, clock.now() + LONGEST_STEP))
        finally:
            if self._target == moment:
                self._target = None
            self._changed()

    async def _play(self, clock: MovableClock, speed: float) -> None:
        while self._speed == speed:
            await asyncio.sleep(BEAT)
            # A clock that somebody else lets run has passed the moment by then: no harm.
            with suppress(ValueError):
                await clock.move_to(clock.now() + timedelta(seconds=BEAT * speed))

    async def _tell(self, _: datetime) -> None:
        self._changed()

    def _changed(self) -> None:
        self._workspace.changes.add("clock")
