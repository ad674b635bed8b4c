"""Clocks that jump, and machines that disagree about the time: nothing is said twice for it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR, try_say_one
from bot.scheduling.desk import Desk
from bot.scheduling.watch import LOOK_EVERY, OFF_BY, Watch
from bot.slack.errors import Transient
from bot.slack.gateway import Posted
from bot.store import claims
from bot.store.engine import Database
from bot.store.tables import Job
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

HOURS = timedelta(hours=5)


class Machine:
    """A machine whose clock can be put wrong; its steady watch goes on."""

    def __init__(self) -> None:
        self.off = timedelta(0)
        self.ran = 0.0

    def real(self) -> datetime:
        return datetime.now(UTC) + self.off

    def steady(self) -> float:
        return self.ran


class Slow(RecordingGateway):
    """Something happens between the message's arrival and the answer."""

    then: Callable[[], Awaitable[None]] | None = None

    async def post(self, *args: Any, **given: Any) -> Posted:
        posted = await super().post(*args, **given)
        if (happens := self.then) is not None:
            self.then = None
            await happens()
        return posted


@pytest.fixture
def gateway() -> Slow:
    return Slow()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def watch(database: Database, machine: Machine) -> Watch:
    return Watch(database, real=machine.real, steady=machine.steady)


async def _planned(facts: Facts) -> Job:
    return await facts.job(JobKind.PLAIN_ANSWER, recipient=await facts.person(), note="hello")


@pytest.mark.parametrize("jump", [HOURS, -HOURS, 2 * OFF_BY])
async def test_a_machine_that_is_wrong_claims_nothing_until_it_is_right(
    desk: Desk, facts: Facts, watch: Watch, machine: Machine, jump: timedelta
) -> None:
    """On PostgreSQL; on SQLite there is nobody to disagree with."""
    clockwork, job = Clockwork(desk, patience=0, watch=watch), await _planned(facts)
    assert await watch.is_right()
    machine.off = jump  # noticed at once: the steady watch did not jump
    alone = facts.db.dialect == "sqlite"
    await clockwork.tick()
    assert (await facts.one(Job, job.id)).state is (JobState.DONE if alone else JobState.PENDING)
    assert (watch.off_by is None) == alone
    machine.off = timedelta(0)
    await clockwork.tick()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert watch.off_by is None


async def test_a_machine_that_drifts_is_found_in_a_minute(
    database: Database, watch: Watch, machine: Machine
) -> None:
    assert await watch.is_right()
    machine.off = HOURS
    machine.ran = LOOK_EVERY
    assert await watch.is_right() == (database.dialect == "sqlite")


@pytest.mark.parametrize("jump", [HOURS, -HOURS])
async def test_a_jump_while_slack_has_the_message(
    desk: Desk,
    facts: Facts,
    gateway: Slow,
    clock: HandClock,
    jump: timedelta,
) -> None:
    """Another process looks at that moment: the lease may look as if it had run out."""
    job = await _planned(facts)
    other = Clockwork(Desk(desk.ctx, gateway, desk.templates, me="other"), patience=0)

    async def jumps() -> None:
        clock.let_pass(jump)
        await other.tick()

    gateway.then = jumps
    await Clockwork(desk, patience=0).tick()
    await other.tick()
    assert len(gateway.of_job(job.id)) == 1
    assert (await facts.one(Job, job.id)).state is JobState.DONE


async def test_put_back_a_retry_waits_for_no_longer_than_the_jump_and_the_rest_for_nothing(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    failed = await _planned(facts)
    gateway.fail("post", Transient("ratelimited", 1))
    await clockwork.tick()
    clock.let_pass(-HOURS)
    fresh = await _planned(facts)
    await clockwork.tick()
    assert len(gateway.of_job(fresh.id)) == 1
    assert gateway.of_job(failed.id) == []
    clock.let_pass(HOURS + timedelta(minutes=1))
    await clockwork.tick()
    assert len(gateway.of_job(failed.id)) == 1


async def test_put_back_a_lease_is_asked_about_before_each_call(
    desk: Desk, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    """By its own clock the lease would last for hours; the database knows that it was taken."""
    job = await _planned(facts)
    (mine,) = await claims.claim(
        facts.db, me="one", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    await claims.claim(
        facts.db,
        me="other",
        now=clock.now(),
        wall=clock.wall() + 2 * LEASE_FOR,
        lease_for=LEASE_FOR,
        limit=1,
    )
    clock.let_pass(-HOURS)
    await try_say_one(desk, mine)
    assert gateway.of_job(job.id) == []
    assert (await facts.one(Job, job.id)).leased_by == "other"
