"""What is done every few minutes, or once a day, rather than at a planned moment.

It does no harm when several processes do it at once.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.scheduling.desk import Desk
from bot.scheduling.noting import failed
from bot.services.clearing import LISTS_FOR, clear
from bot.services.growing.relationships import ensure_turns
from bot.services.lists import importing
from bot.services.rounds.planning_rounds import ensure_planned

SWEEP_EVERY: Final = timedelta(minutes=5)
CLEAR_EVERY: Final = timedelta(days=1)


class _Stopping(Exception):
    """The process has no time for it now; whoever comes next clears the rest."""


class Sweep:
    """One for each process, made for its desk: renews tokens, plans rounds and looks at
    relationships that no job plans and, once a day, clears away what nobody needs any more.

    Leases need no sweeping: a lapsed one is free for the next claim. Clearing ends after a batch,
    unfinished, once `is_stopping` says so.
    """

    def __init__(self, desk: Desk, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self.at_work = asyncio.Lock()
        self._desk = desk
        self._is_stopping = is_stopping
        self._swept_at: datetime | None = None
        self._cleared_at: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether the last one is long enough ago, by the desk's own time."""
        return self._swept_at is None or self._desk.ctx.now() - self._swept_at >= SWEEP_EVERY

    async def __call__(self) -> None:
        """Do it now. What fails is logged and tried again with the next; the rest is done."""
        async with self.at_work:
            self._swept_at = self._desk.ctx.now()
            for part in (self._renew, self._plan, self._clear):
                try:
                    await part()
                except Exception as error:  # noqa: BLE001 - the next one tries again
                    failed(self._desk, "sweep", error)

    async def _renew(self) -> None:
        if self._desk.many is not None:
            await self._desk.many.renew_due()

    async def _plan(self) -> None:
        await ensure_planned(self._desk.ctx)
        await ensure_turns(self._desk.ctx)

    async def _clear(self) -> None:
        ctx = self._desk.ctx
        if self._cleared_at is not None and ctx.now() - self._cleared_at < CLEAR_EVERY:
            return
        await importing.discard_forgotten(ctx, older_than=LISTS_FOR)
        try:
            await clear(ctx, between=self._between, swept=self._desk.meter.swept)
        except _Stopping:
            return
        self._cleared_at = ctx.now()

    async def _between(self) -> None:
        await self._desk.quiet()
        if self._is_stopping():
            raise _Stopping
