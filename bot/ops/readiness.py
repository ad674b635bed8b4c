"""Whether this process can serve people: what `/readyz` says."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy import text

from bot.ops.pulse import Pulse
from bot.scheduling.clockwork import Clockwork
from bot.services.context import Context

TICK_MISSED: Final = 60.0  # seconds
DATABASE_WITHIN: Final = 5.0  # seconds; whoever asks whether we are ready gives up soon after


class Readiness:
    """Looks at what serving people takes. `hears` asks whether Slack can reach this process, `void`
    says why Slack takes the one bot token no longer."""

    def __init__(
        self,
        ctx: Context,
        clockwork: Clockwork,
        pulse: Pulse,
        hears: Callable[[], Awaitable[bool]],
        void: Callable[[], str | None],
    ) -> None:
        self._ctx = ctx
        self._clockwork = clockwork
        self._pulse = pulse
        self._hears = hears
        self._void = void

    def tick_age(self) -> float:
        """Seconds of real time since the last tick that worked; -1 before the first."""
        ticked = self._clockwork.last_tick_at
        return -1.0 if ticked is None else (self._ctx.clock.wall() - ticked).total_seconds()

    async def problems(self) -> list[str]:
        """What is wrong, in words; empty when people can be served."""
        amiss = []
        if not await self._database_answers():
            amiss.append("the database does not answer")
        if self._ctx.db.is_full:
            amiss.append("there is no room left to write to the database")
        if self._clockwork.last_tick_at is None or self.tick_age() > TICK_MISSED:
            amiss.append("the clockwork has not ticked for a minute")
        if (off_by := self._clockwork.watch.off_by) is not None:
            off = round(off_by.total_seconds())
            amiss.append(f"this machine's clock is {off} seconds off the database's")
        if not await self._hears():
            amiss.append("the socket is not connected")
        if not await self._pulse.beats():
            amiss.append("Slack does not answer")
        if (why := self._void()) is not None:
            amiss.append(f"Slack refuses the bot token ({why})")
        return amiss

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_WITHIN), self._ctx.db.read() as session:
                await session.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
            return False
        return True
