"""Slack that answers at once, or does what it is asked and is not heard of until it is too late."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.job_kinds import JobKind
from bot.scheduling.clockwork import Clockwork
from tests.scheduling.strict import StrictGateway
from tests.support.clock import HandClock

RETRY = timedelta(hours=2)  # beyond any back-off


@dataclass(frozen=True)
class Late:
    """`await late(kind)` says what is due; where it is late, in two attempts."""

    clockwork: Clockwork
    gateway: StrictGateway
    clock: HandClock
    is_late: bool

    async def __call__(self, kind: JobKind) -> None:
        if self.is_late:
            self.gateway.answers_too_late(kind)
            await self.clockwork.wake()
            self.clock.let_pass(RETRY)
        await self.clockwork.wake()
