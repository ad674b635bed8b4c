"""Points at which a process can be told to die, as kill -9 would have it: no warning, no good-bye.

Deaths at random moments mostly hit a process that waits. These are the moments that matter: around
a call to Slack, and around a commit.
"""

import asyncio
import os
import signal
from enum import IntEnum
from random import Random
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.store.work import Work
from tests.chaos.shared_clock import SharedClock

SAYING = ("chat.", "files.", "conversations.open")
"""What the names of calls begin with that leave something behind in Slack."""
_WITHIN = 0.02  # real seconds, in which a call under way is cut


class Point(IntEnum):
    """Where to die."""

    BEFORE_CALL = 1
    DURING_CALL = 2
    AFTER_CALL = 3
    BEFORE_COMMIT = 4
    AFTER_COMMIT = 5


def die() -> None:
    """The end."""
    os.kill(os.getpid(), signal.SIGKILL)


def arrange(clock: SharedClock, slot: int, chance: Random) -> None:
    """From now on this process dies where its slot says."""
    call, commit = AsyncWebClient.api_call, Work.commit

    async def api_call(self: AsyncWebClient, api_method: str, **given: Any) -> Any:
        if not api_method.startswith(SAYING):
            return await call(self, api_method, **given)
        if clock.reached(slot, Point.BEFORE_CALL):
            die()
        if clock.reached(slot, Point.DURING_CALL):
            asyncio.get_running_loop().call_later(chance.uniform(0, _WITHIN), die)
        answer = await call(self, api_method, **given)
        if clock.reached(slot, Point.AFTER_CALL):
            die()
        return answer

    async def commit_or_die(self: Work) -> None:
        if clock.reached(slot, Point.BEFORE_COMMIT):
            die()
        await commit(self)
        if clock.reached(slot, Point.AFTER_COMMIT):
            die()

    AsyncWebClient.api_call = api_call  # type: ignore[assignment, method-assign]
    Work.commit = commit_or_die  # type: ignore[method-assign]
