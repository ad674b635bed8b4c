"""The processes: forked from one that has everything loaded, killed, counted, started again."""

import asyncio
import multiprocessing
import os
from dataclasses import replace
from multiprocessing.context import ForkServerContext, ForkServerProcess
from random import Random

from tests.chaos.dying import Point
from tests.chaos.shared_clock import SharedClock
from tests.chaos.worker import Post, run

KILLED = -9
MOST_FAILURES = 50


class Crew:
    """`size` processes at work, each replaced when it dies. `kills` counts the violent deaths."""

    def __init__(self, post: Post, size: int, clock: SharedClock, chance: Random) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.chaos.preload"])
        self._post = post
        self._clock = clock
        self._chance = chance
        self._size = size
        self._at_work: dict[int, ForkServerProcess] = {}
        self._closing = False
        self._gone = asyncio.Event()
        self.kills = 0
        self.failures = 0
        self._points: list[Point] = []
        self.dead: set[int] = set()  # the pids whose leases nobody will give back

    def start(self) -> None:
        """Start those that are missing."""
        for slot in range(self._size):
            if slot not in self._at_work:
                self._start(slot)

    def _start(self, slot: int) -> None:
        self._clock.order(slot, 0)
        post = replace(self._post, slot=slot, seed=self._chance.getrandbits(32))
        process = self._context.Process(target=run, args=(post,), daemon=True)
        process.start()
        self._at_work[slot] = process
        self.dead.discard(process.pid or 0)
        loop = asyncio.get_running_loop()
        loop.add_reader(process.sentinel, self._ended, slot, process)

    def _ended(self, slot: int, process: ForkServerProcess) -> None:
        asyncio.get_running_loop().remove_reader(process.sentinel)
        process.join()
        self.dead.add(process.pid or 0)
        self._at_work.pop(slot, None)
        self._gone.set()
        if process.exitcode == KILLED:
            self.kills += 1
        elif not self._closing:
            self.failures += 1
            if self.failures > MOST_FAILURES:
                raise RuntimeError("the processes do not start; see their log")
        if not self._closing:
            self._start(slot)

    def doom(self) -> int:
        """Order one of them to die at one of the points, each in its turn; returns its slot."""
        slot = self._chance.choice(sorted(self._at_work))
        self._points = self._points or self._chance.sample(list(Point), len(Point))
        self._clock.order(slot, self._points.pop(), self._chance.choice((0, 0, 1, 3)))
        return slot

    def kill(self, slot: int | None = None) -> None:
        """Kill one of them (or this one) wherever it is."""
        slot = self._chance.choice(sorted(self._at_work)) if slot is None else slot
        if process := self._at_work.get(slot):
            process.kill()

    async def pause(self) -> None:
        """Kill them all and start none: an outage. `start` ends it."""
        self._closing = True
        for process in list(self._at_work.values()):
            process.kill()
        await self._wait_gone()
        self._closing = False

    async def relieve(self) -> None:
        """Let others take over, once each of them has finished what it was at."""
        await self.stop()
        self._closing = False
        self.start()

    async def stop(self) -> None:
        """End them as an operator would."""
        self._closing = True
        for process in list(self._at_work.values()):
            if process.pid:
                os.kill(process.pid, 15)
        await self._wait_gone()

    async def _wait_gone(self) -> None:
        while self._at_work:
            self._gone.clear()
            await self._gone.wait()
