"""The clock of the tests: moved by hand, also where it stands for real time."""

from datetime import UTC, datetime, timedelta

from bot.clock import MovableClock

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""An ordinary working morning, the same in London and in UTC."""


class HandClock(MovableClock):
    """A movable clock whose wall time can be put forward too, for leases and back-off."""

    def __init__(self, start: datetime = MONDAY) -> None:
        super().__init__(start)
        self._ahead = timedelta(0)

    def wall(self) -> datetime:
        return super().wall() + self._ahead

    def let_pass(self, wall_time: timedelta) -> None:
        """Let this much real time go by without waiting for it."""
        self._ahead += wall_time
