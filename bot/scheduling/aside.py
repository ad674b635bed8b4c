"""What takes longer than a message: run beside the ticks, with its lease kept for as long.

Nobody's answer waits for a plan of a minute.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

from bot.domain.job_kinds import MANNERS
from bot.domain.manners import Manner
from bot.scheduling.desk import Desk
from bot.scheduling.leases import LEASE_FOR
from bot.scheduling.noting import note
from bot.store import claims
from bot.store.tables import Job

AT_ONCE = 2
"""Plans fill a processor each; more of them wait, with their leases kept."""
RENEW_EVERY = LEASE_FOR.total_seconds() / 4
"""Seconds (real): half a lease is left when the second try of a renewal fails too."""

log = structlog.get_logger(__name__)


class Aside:
    """The long jobs of this process. Made and used on one event loop."""

    def __init__(self, desk: Desk, do: Callable[[Desk, Job], Awaitable[object]]) -> None:
        self._desk = desk
        self._do = do
        self._places = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()
        self._closing = False

    def __len__(self) -> int:
        return len(self._running)

    def begin(self, job: Job) -> None:
        """Do a claimed job beside everything else."""
        task = asyncio.create_task(self._serve(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self, within: float) -> None:
        """Finish what has begun, and give back what still waits for its place.

        What takes longer than `within` seconds (real) is broken off and given back too: whoever
        comes next does it anew.
        """
        self._closing = True
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=within)
            for task in late:
                task.cancel()
        await self.finish()

    async def finish(self) -> None:
        """Return when all that was begun is done."""
        while self._running:
            await asyncio.wait(self._running)

    async def _serve(self, job: Job) -> None:
        async with kept(self._desk, job), self._places:
            if self._closing:
                await claims.release(self._desk.ctx.db, job=job, me=self._desk.me)
                return
            try:
                await self._do(self._desk, job)
            except asyncio.CancelledError:
                log.warning("job_given_back", job=job.id, kind=job.kind)
                await self._break_off(job)
                raise

    async def _break_off(self, job: Job) -> None:
        """Whoever comes next does it anew; what says something may have arrived, and is looked for
        first."""
        desk = self._desk
        if MANNERS[job.kind] is Manner.CHORE:
            await claims.release(desk.ctx.db, job=job, me=desk.me)
        else:
            now = desk.ctx.clock.wall()
            await claims.record_failed(
                desk.ctx.db, job=job, me=desk.me, retry_at=now, reason="broken_off"
            )


@asynccontextmanager
async def kept(desk: Desk, job: Job) -> AsyncIterator[None]:
    """While it is entered, the lease of `job` is renewed in good time."""
    keeper = asyncio.create_task(_renew(desk, job))
    try:
        yield
    finally:
        keeper.cancel()
        await asyncio.wait([keeper])


async def _renew(desk: Desk, job: Job) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY)
        until = desk.ctx.clock.wall() + LEASE_FOR
        try:
            ours = await claims.renew(desk.ctx.db, job=job, me=desk.me, until=until)
        except Exception as error:  # noqa: BLE001 - a busy database; the next try comes in time
            log.warning("lease_not_renewed", job=job.id, error=type(error).__name__)
            continue
        if not ours:
            note(desk, job, "lost", level="warning")
            return
        job.leased_until = until
