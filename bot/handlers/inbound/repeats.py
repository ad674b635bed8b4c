"""What comes twice is done once, and answered the same.

Slack brings again what it did not see acknowledged: the acknowledgement can be lost with its
connection after everything was done, and the answer was in it. Another process knows nothing of
this one's answers: there the receipts in the database count.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Any, Final

from bot.handlers.answers import Answer
from bot.meter import Answered

KEPT_FOR: Final = 60.0  # real seconds; Slack comes again within a few
MOST: Final = 1000

Answering = asyncio.Task[tuple[Answer, Answered]]


class Repeats:
    """The answers of a moment ago, by what they answer."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, Answering]] = OrderedDict()

    def answering(self, key: str | None, begin: Callable[[], Any]) -> tuple[Answering, bool]:
        """The task that answers what has this key (None: has none), and whether it is a repeat.

        `begin` starts it. What came to nothing is begun again: that is what Slack asks for.
        """
        now = monotonic()
        self._forget(now - KEPT_FOR)
        if key is not None and key in self._known and not _failed(self._known[key][1]):
            return self._known[key][1], True
        task: Answering = begin()
        if key is not None:
            self._known[key] = (now, task)
            self._known.move_to_end(key)
        return task, False

    def _forget(self, before: float) -> None:
        while self._known:
            key, (heard, _) = next(iter(self._known.items()))
            if heard >= before and len(self._known) < MOST:
                return
            del self._known[key]


def _failed(task: Answering) -> bool:
    if not task.done():
        return False
    if task.cancelled() or task.exception() is not None:
        return True
    return task.result()[1] in ("later", "fault")
