"""What `/metrics` answers: what this process counted, and what the database says of all of them.

However often it is asked, the database is read at most every few seconds.
"""

import asyncio

from bot.domain.states import RoundState, SessionState
from bot.ops.metrics import (
    BACKLOG,
    MATCHES,
    OLDEST,
    ROUNDS,
    SCRAPE_FAILED,
    SESSIONS,
    Metrics,
)
from bot.services.context import Context
from bot.store.backlog import Totals, backlog, totals

BACKLOG_EVERY = 10.0  # seconds, real
TOTALS_EVERY = 60.0
WITHIN = 5.0
"""Seconds, real: a monitoring tool gives up after ten."""

_MADE_BY = ("request", "round", "relationship", "tie")


class Scrape:
    """Reads the database for one application's metrics."""

    def __init__(self, ctx: Context, metrics: Metrics) -> None:
        self._ctx = ctx
        self._metrics = metrics
        self._turn = asyncio.Lock()
        self._backlog_at = self._totals_at = float("-inf")

    async def text(self) -> bytes:
        """The page in Prometheus's text format. A database that is away is one more number."""
        async with self._turn:
            try:
                async with asyncio.timeout(WITHIN):
                    await self._read()
            except Exception:  # noqa: BLE001 - what was counted here is told all the same
                self._metrics.gauges[SCRAPE_FAILED.name].set(1)
            else:
                self._metrics.gauges[SCRAPE_FAILED.name].set(0)
        return self._metrics.text()

    async def _read(self) -> None:
        moment = asyncio.get_running_loop().time()
        if moment - self._backlog_at >= BACKLOG_EVERY:
            await self._read_backlog()
            self._backlog_at = moment
        if moment - self._totals_at >= TOTALS_EVERY:
            self._show(await totals(self._ctx.db))
            self._totals_at = moment

    async def _read_backlog(self) -> None:
        now = self._ctx.now()
        found = await backlog(self._ctx.db, now=now, wall=self._ctx.clock.wall())
        gauge = self._metrics.gauges[BACKLOG.name]
        for state in ("due", "leased", "held", "waiting"):
            gauge.labels(state).set(getattr(found, state))
        oldest = found.oldest_due_at
        age = 0.0 if oldest is None else max((now - oldest).total_seconds(), 0.0)
        self._metrics.gauges[OLDEST.name].set(age)

    def _show(self, found: Totals) -> None:
        for measure, names, counts in (
            (MATCHES, _MADE_BY, found.matches),
            (ROUNDS, RoundState, found.rounds),
            (SESSIONS, SessionState, found.sessions),
        ):
            for name in names:
                self._metrics.gauges[measure.name].labels(str(name)).set(counts.get(str(name), 0))
