"""Whether a job is still ours, at the very moment it is said.

A process may be starved, stopped or asleep between any two of its lines, for longer than its lease.
So the lease is looked at when the call's turn has come, and what was seen counts for a short while
by a watch that goes on meanwhile (docs/decisions/006-jobs.md).
"""

from datetime import timedelta
from typing import Final

from bot.scheduling.desk import Desk
from bot.scheduling.watch import OFF_BY
from bot.slack.calls import CALL_SECONDS
from bot.store import claims
from bot.store.tables import Job

LEASE_FOR: Final = timedelta(minutes=2)
"""How long (wall time) a claim lasts: well beyond the slowest call to Slack."""

SURE_FOR: Final = (LEASE_FOR / 2 - OFF_BY).total_seconds() - CALL_SECONDS
"""Seconds after which it is looked at again: then at least half of the lease was left, another
machine's clock may be ahead, and the call has to be over."""


class Lost(Exception):
    """Somebody else may have the job by now."""


class Lease:
    """The lease of one claimed job. `blind`: it goes where nobody can look whether it arrived."""

    def __init__(self, desk: Desk, job: Job, *, blind: bool) -> None:
        self._desk = desk
        self._job = job
        self._blind = blind
        self._seen: float | None = None  # when it was looked at, by the steady watch

    async def sure(self) -> None:
        """Return when nobody else may take the job before a call to Slack is over. Raises Lost."""
        steady = self._desk.steady
        while self._seen is None or steady() - self._seen > SURE_FOR:
            began = steady()
            if not await self._look():
                raise Lost
            self._seen = began

    async def _look(self) -> bool:
        desk, job = self._desk, self._job
        wall = desk.ctx.clock.wall()
        until = wall + LEASE_FOR
        if self._blind:
            return await claims.record_sending(desk.ctx.db, job=job, me=desk.me, until=until)
        left = job.leased_until - wall if job.leased_until is not None else timedelta(0)
        if self._seen is None and LEASE_FOR / 2 < left <= LEASE_FOR:
            return True  # nobody else may take it before then; and the clock was not put back
        return await claims.renew(desk.ctx.db, job=job, me=desk.me, until=until)
