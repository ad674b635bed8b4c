"""Whether this machine's clock is right enough to take leases by.

Leases are kept in wall time. A process whose clock is minutes ahead would find those of all others
run out, and say what they are saying. So the clock is compared with the database's, which all
processes share: now and then, and at once when it jumped.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import RealClock
from bot.store.engine import Database
from bot.store.watch import database_now

OFF_BY: Final = timedelta(seconds=30)
"""A quarter of a lease: what two machines may differ, and a claim still lasts for a call."""
LOOK_EVERY: Final = 60.0  # seconds
JUMPED: Final = 2.0  # seconds that wall and watch disagree about how long it was

log = structlog.get_logger(__name__)


class Watch:
    """Compares clocks. `real` gives the machine's wall time (aware), `steady` seconds that never
    jump."""

    def __init__(
        self,
        db: Database,
        *,
        real: Callable[[], datetime] | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._real = real or RealClock().wall
        self._steady = steady
        self._seen: tuple[datetime, float] | None = None
        self.off_by: timedelta | None = None  # when it is too much

    async def is_right(self) -> bool:
        """Whether leases may be taken by this clock. Raises what the database raises."""
        if self._is_due():
            theirs = await database_now(self._db)
            off = abs(self._real() - theirs) if theirs is not None else timedelta(0)
            self._note(off if off > OFF_BY else None)
            self._seen = self._real(), self._steady()
        return self.off_by is None

    def _is_due(self) -> bool:
        if self._seen is None or self.off_by is not None:
            return True
        passed = self._steady() - self._seen[1]
        by_wall = (self._real() - self._seen[0]).total_seconds()
        return passed >= LOOK_EVERY or abs(by_wall - passed) > JUMPED

    def _note(self, off_by: timedelta | None) -> None:
        if off_by is not None and self.off_by is None:
            log.error("clock_wrong", off_by=round(off_by.total_seconds()))
        elif off_by is None and self.off_by is not None:
            log.warning("clock_right_again")
        self.off_by = off_by
