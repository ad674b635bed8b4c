"""Those who wait for an answer go first; what can wait does, but not for ever."""

import asyncio

import pytest

from bot.handlers.inbound import flight
from bot.handlers.inbound.flight import Flight
from bot.meter import Unmeasured, Where
from bot.slack.errors import Transient, Uncertain
from bot.store.engine import Busy


async def test_nobody_waits_where_nobody_is_answered() -> None:
    await asyncio.wait_for(Flight().quiet(), 1)


async def test_what_can_wait_lets_everybody_pass() -> None:
    under_way = Flight()
    with under_way.answering():
        with under_way.answering():
            later = asyncio.create_task(under_way.quiet())
            await _turns()
        await _turns()
        assert not later.done()
    await asyncio.wait_for(later, 1)


async def test_whoever_has_just_come_is_let_pass_too() -> None:
    under_way = Flight()
    later = asyncio.create_task(under_way.quiet())
    await asyncio.sleep(0)
    with under_way.answering():
        await _turns()
        assert not later.done()
    await asyncio.wait_for(later, 1)


async def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight, "LET_PASS_FOR", 0.01)
    under_way = Flight()
    with under_way.answering():
        await asyncio.wait_for(under_way.quiet(), 1)


class Counting(Unmeasured):
    def __init__(self) -> None:
        self.faults = 0

    def faulted(self, where: Where) -> None:
        self.faults += 1


@pytest.mark.parametrize(
    ("error", "faults"),
    [(Transient("ratelimited"), 0), (Uncertain("timeout"), 0), (Busy(), 0), (ValueError(), 1)],
)
async def test_only_our_own_faults_are_counted(error: Exception, faults: int) -> None:
    async def fails() -> None:
        raise error

    meter = Counting()
    under_way = Flight(meter)
    under_way.start(fails())
    await under_way.idle()
    await _turns()
    assert meter.faults == faults


async def _turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
