"""What is done every few minutes, or once a day, rather than at a planned moment.

It does no harm when several processes do it at once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.scheduling.desk import Desk
from bot.services.clearing import LISTS_FOR, clear
from bot.services.context import Context
from bot.services.lists import importing
from bot.services.rounds.planning_rounds import ensure_planned

CLEAR_EVERY = timedelta(days=1)


async def sweep(ctx: Context) -> None:
    """Plan rounds that no job plans.

    Leases need no sweeping: a lapsed one is free for the next claim.
    """
    await ensure_planned(ctx)


class _Stopping(Exception):
    """The process has no time for it now; whoever comes next clears the rest."""


class Clearance:
    """Once a day, what nobody needs any more. One for each process; made for its desk.

    It ends after a batch, unfinished, once `is_stopping` says so.
    """

    def __init__(self, desk: Desk, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self._desk = desk
        self._is_stopping = is_stopping
        self._cleared_at: datetime | None = None

    async def __call__(self) -> None:
        """Clear, if that was not done today. When it fails, it is tried again with the next."""
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
