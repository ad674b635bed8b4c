"""Work under way: counted, so that stopping can wait for it, and others let it pass."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog

from bot.meter import UNMEASURED, Meter
from bot.services.errors import is_busy
from bot.slack.errors import Transient, Uncertain

LET_PASS_FOR = 1.0  # real seconds that what can wait lets those who wait for an answer go first
_STEPS_IN = 3  # turns of the event loop from a request's arrival until it is counted here

log = structlog.get_logger("bot.handlers")


class Flight:
    """The tasks of the listeners, and what they leave running behind an acknowledgement."""

    def __init__(self, meter: Meter = UNMEASURED) -> None:
        self._meter = meter
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waiting = 0  # how many wait for their acknowledgement
        self._quiet = asyncio.Event()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Somebody waits for an answer until the block is left."""
        self._waiting += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._quiet.set()

    async def quiet(self) -> None:
        """Return when nobody waits for an answer, at the latest after `LET_PASS_FOR`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LET_PASS_FOR):
                for _ in range(_STEPS_IN):
                    await asyncio.sleep(0)
                while self._waiting:
                    await self._quiet.wait()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Run `work` on its own; an error in it is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._landed)
        return task

    def _landed(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Slack's bad days, and the database's, are no fault: a Home tab is older for a while.
            if isinstance(error, Transient | Uncertain) or is_busy(error):
                log.warning("background work failed", exc_info=error)
                return
            log.error("background work failed", exc_info=error)
            self._meter.faulted("background")

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def drain(self, within: float) -> bool:
        """Wait `within` real seconds for everything under way, then cancel the rest.

        Returns whether all of it was done in time.
        """
        try:
            async with asyncio.timeout(within):
                await self.idle()
        except TimeoutError:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            return False
        return True
