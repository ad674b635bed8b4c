"""What makes things happen in time: APScheduler ticks, and each tick does all that is due.

The jobs are rows in our own database; APScheduler keeps two timers in memory and nothing else
(docs/decisions/006-jobs.md).
"""

import asyncio
import logging
from asyncio import sleep
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_STOPPED

from bot.clock import Alarm
from bot.references import apart
from bot.scheduling.alarms import words_for
from bot.scheduling.aside import Aside
from bot.scheduling.crews import Crews, line_of, with_suspects
from bot.scheduling.deliver import LEASE_FOR, try_say_one
from bot.scheduling.desk import Desk
from bot.scheduling.jobs import REACH
from bot.scheduling.noting import failed
from bot.scheduling.sweep import SWEEP_EVERY, Sweep
from bot.scheduling.watch import Watch
from bot.store import claims
from bot.store.tables import Job

BATCH = 24  # jobs claimed at once
LOOK_EVERY = 1.0  # seconds (real) between two claims while much is at work
STOP_WITHIN = 10.0  # real seconds
_ALWAYS: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Clockwork:
    """Does what is due on this process. Many may run on one database; none of them is special.

    `tick_every` is in seconds of real time. `patience` is for a movable clock: how long (seconds,
    real) `wake` waits for something that failed and may be tried again shortly. Nothing is claimed
    while `watch` says that the machine's clock is wrong.
    """

    def __init__(
        self,
        desk: Desk,
        tick_every: float = 1.0,
        *,
        patience: float = 5.0,
        watch: Watch | None = None,
    ) -> None:
        self.last_tick_at: datetime | None = None  # wall time, of the last tick that worked
        self._desk = desk
        self._tick_every = tick_every
        self._patience = timedelta(seconds=patience)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._at_work = asyncio.Lock()
        self._aside = Aside(desk, try_say_one)
        self._sweep = Sweep(desk, lambda: self._stopping)
        self._crews = Crews(desk, try_say_one)
        self._lines = 1  # about how many lines have something due
        self._news = asyncio.Event()
        self._rung = False
        self._called = False  # whether APScheduler was asked to tick early, and has not yet
        self._stopping = False
        self.watch = watch or Watch(desk.ctx.db)

    def start(self) -> None:
        """Begin to tick, at once and then regularly, on the running event loop."""
        # Every single tick is news to APScheduler's own log, and so is one that takes long.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=self._tick_every,
            id="tick",
            next_run_time=datetime.now(UTC),
            **_ALWAYS,
        )
        self._scheduler.add_job(
            self.sweep, "interval", seconds=SWEEP_EVERY.total_seconds(), id="sweep", **_ALWAYS
        )
        self._desk.ctx.db.bell = self.ring
        self._desk.ctx.clock.attach(self)
        self._scheduler.start()

    def hold(self) -> None:
        """Claim nothing more; what was claimed and not begun is given back."""
        self._stopping = self._crews.stopping = True
        self._news.set()

    async def stop(self, within: float = STOP_WITHIN) -> None:
        """Claim nothing more, wait for what is in flight, and stop. Safe to call twice.

        A long plan is waited for `within` seconds (real), and then given back.
        """
        self.hold()
        self._desk.ctx.clock.detach(self)
        if self._scheduler.running:
            self._scheduler.pause()
        # APScheduler's shutdown cancels a coroutine it runs, whatever `wait` says: so wait first.
        async with self._at_work, self._sweep.at_work:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
        await self._aside.close(within)
        while self._scheduler.state != STATE_STOPPED:  # noqa: ASYNC110 - it has no event to await
            await sleep(0)

    def ring(self) -> None:
        """Look at once: something was planned. From the event loop; any number of rings are one."""
        self._rung = True
        self._news.set()
        if self._called or self._stopping or not self._scheduler.running:
            return
        if not self._at_work.locked():  # a tick at work looks again by itself
            self._called = True
            self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))

    async def tick(self) -> None:
        """Do everything that is due by now. An error is logged, and the next tick tries again."""
        # A click that woke it has a reference of its own; what is due has others.
        with apart():
            await self._tick()

    async def _tick(self) -> None:
        async with self._at_work:
            self._called = False
            self._rung = True
            while self._rung and not self._stopping:
                self._rung = False
                began = monotonic()
                try:
                    await self._drain()
                except Exception as error:  # noqa: BLE001 - a tick must not stop the clock
                    failed(self._desk, "tick", error)
                    return
                self.last_tick_at = self._desk.ctx.clock.wall()
                self._desk.meter.ticked(monotonic() - began)

    async def sweep(self) -> None:
        """Do now what is done every few minutes (see `Sweep`). Raises nothing."""
        await self._sweep()

    async def next_alarm(self, after: datetime) -> Alarm | None:
        """When the next job falls due after `after`; for a clock that is moved by hand."""
        due = await claims.next_due(self._desk.ctx.db, after)
        return None if due is None else Alarm(due[0], words_for(due[1]))

    async def wake(self) -> None:
        """Do everything that is due, and return when it is done, so that the clock may move on."""
        await self._tick_through()
        until = self._desk.ctx.clock.wall() + self._patience
        while (again := await self._next_retry()) is not None and again <= until:
            await sleep((again - self._desk.ctx.clock.wall()).total_seconds())
            await self._tick_through()
        if self._sweep.is_due:
            await self.sweep()
            await self._tick_through()

    async def _tick_through(self) -> None:
        """Tick until what runs beside the ticks is done too, and what follows from it."""
        await self.tick()
        while self._aside and not self._stopping:
            await self._aside.finish()
            await self.tick()

    async def _next_retry(self) -> datetime | None:
        ctx = self._desk.ctx
        if self._stopping:
            return None
        wall = ctx.clock.wall()
        after_a_failure = await claims.next_hold(ctx.db, ctx.now(), wall)
        held_for = self._crews.held_for()
        if held_for is None:
            return after_a_failure
        with_room = wall + timedelta(seconds=max(0.0, held_for))
        return min(with_room, after_a_failure or with_room)

    async def _drain(self) -> None:
        """Hand out what is due until there is no more, and return when it is done."""
        try:
            while not self._stopping:
                await self._desk.quiet()
                self._news.clear()
                # A crew that is done while the claim is made may have given back what it left out.
                were_at_work = bool(self._crews.at_work)
                jobs = await self._claim()
                self.last_tick_at = self._desk.ctx.clock.wall()
                if not jobs and not were_at_work:
                    return
                alone = with_suspects(jobs)
                theirs = {job.id for job in alone}
                begun = self._begin([job for job in jobs if job.id not in theirs])
                if alone:  # what may have killed a process takes nothing else with it
                    await self._crews.finish()
                    await self._crews.alone(alone)
                elif self._crews.at_work and (len(jobs) < BATCH or begun < 2):
                    # otherwise other lines may have more
                    await self._something()
        finally:
            await self._crews.finish()

    async def _claim(self) -> list[Job]:
        if not await self.watch.is_right():
            return []
        ctx, busy = self._desk.ctx, self._crews.busy()
        jobs = await claims.claim(
            ctx.db,
            me=self._desk.me,
            now=ctx.now(),
            wall=ctx.clock.wall(),
            lease_for=LEASE_FOR,
            limit=BATCH,
            apart_from=busy,
            lines=self._lines,
        )
        self._lines = max(1, len(busy) + len({line_of(job) for job in jobs}))
        if jobs:
            self._desk.meter.claimed(len(jobs))
        return jobs

    def _begin(self, jobs: list[Job]) -> int:
        """Begin them all; what takes long is done beside the ticks. Returns how many lines began"""
        for job in jobs:
            if job.kind in REACH:
                self._aside.begin(job)
        return self._crews.begin(job for job in jobs if job.kind not in REACH)

    async def _something(self) -> None:
        """Return when a crew is done, something was planned, or a moment has passed."""
        news = asyncio.create_task(self._news.wait())
        try:
            await asyncio.wait(
                {news, *self._crews.at_work},
                timeout=LOOK_EVERY,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            news.cancel()
