"""An event loop whose time does not pass but is skipped: a minute's waiting takes no time."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class _Selector(selectors.DefaultSelector):
    """Looks once for what has arrived; instead of waiting longer, time is put forward.

    `is_busy` says whether something real is awaited, such as a database: then it waits for that.
    """

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        super().__init__()
        self.skipped = 0.0
        self._is_busy = is_busy

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None or self._is_busy():
            return super().select(0.05 if timeout is not None else 1)
        self.skipped += timeout
        return ready


class RushingLoop(asyncio.SelectorEventLoop):
    """Time stands still but where everybody waits for it; then it skips to the first of them."""

    def __init__(self, is_busy: Callable[[], bool] = lambda: False) -> None:
        self._rush = _Selector(is_busy)
        super().__init__(self._rush)
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self._rush.skipped


def rush(work: Coroutine[Any, Any, Answer], is_busy: Callable[[], bool] = lambda: False) -> Answer:
    """Run `work` in a loop whose time is skipped."""
    with asyncio.Runner(loop_factory=lambda: RushingLoop(is_busy)) as runner:
        return runner.run(work)
