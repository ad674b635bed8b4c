"""Whether Slack answers, as far as this process can tell from the calls that it makes anyway."""

import time
from collections.abc import Awaitable, Callable

from bot.meter import CallOutcome

SILENT_AFTER = 3  # calls in a row that reached nobody
ASK_EVERY = 10.0  # seconds, real, between questions of our own while nobody answers

_HEARD = ("ok", "ratelimited", "refused")


class Pulse:
    """Told of every call; `ask` makes one more, for when there is nothing else to say."""

    def __init__(
        self, ask: Callable[[], Awaitable[object]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._unheard = 0
        self._asked_at = float("-inf")

    def felt(self, outcome: CallOutcome) -> None:
        """A call to Slack ended so."""
        if outcome in _HEARD:
            self._unheard = 0
        elif outcome != "cancelled":
            self._unheard += 1

    async def beats(self) -> bool:
        """Whether Slack answered lately. Asks it again, every few seconds, when it did not."""
        if self._unheard >= SILENT_AFTER and self._clock() - self._asked_at >= ASK_EVERY:
            self._asked_at = self._clock()
            try:
                await self._ask()  # its outcome is felt like every other's
            except Exception:  # noqa: BLE001 - it was felt
                return False
        return self._unheard < SILENT_AFTER
