"""A process that is frozen while it waits to say something: thawed, it says nothing too much."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.scheduling.leases import SURE_FOR
from bot.store import claims
from bot.store.tables import Job
from tests.scheduling.clubs import Club, outcome
from tests.scheduling.offers import an_offer, settle
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

Freeze = Callable[..., Callable[[], Awaitable[None]]]


class Machine:
    """A machine whose steady watch is moved by hand."""

    ran = 0.0

    def steady(self) -> float:
        return self.ran


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def desk(desk: Desk, machine: Machine) -> Desk:
    return replace(desk, steady=machine.steady)


@pytest.fixture
def frozen(desk: Desk, machine: Machine, clock: HandClock) -> Freeze:
    """What happens while a call waits: time passes, and perhaps another process ticks."""

    def freeze(seconds: float, *, other_ticks: bool) -> Callable[[], Awaitable[None]]:
        async def passes() -> None:
            machine.ran += seconds
            clock.let_pass(timedelta(seconds=seconds))
            if other_ticks:
                await Clockwork(replace(desk, me="other"), patience=0).tick()

        return passes

    return freeze


BEYOND = LEASE_FOR.total_seconds() + 1


@pytest.mark.parametrize("other_ticks", [True, False])
async def test_it_is_said_once_whether_another_process_took_it_meanwhile_or_nobody(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    frozen: Freeze,
    other_ticks: bool,
) -> None:
    _, job = await an_offer(facts)
    gateway.while_waiting = frozen(BEYOND, other_ticks=other_ticks)
    await clockwork.tick()
    assert len(gateway.of_job(job.id)) == 1
    assert (await facts.one(Job, job.id)).state is JobState.DONE


async def test_what_another_process_put_right_meanwhile_stays_right(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, frozen: Freeze
) -> None:
    offer, job = await an_offer(facts)
    await clockwork.tick()
    await settle(facts, offer, OfferState.DECLINED)
    goes_on = frozen(BEYOND, other_ticks=True)

    async def changes() -> None:
        await settle(facts, offer, OfferState.EXPIRED)
        await goes_on()

    gateway.while_waiting = changes
    await clockwork.tick()
    (said,) = gateway.of_job(job.id)
    assert len(said.versions) == 2  # as it was posted, and as the other put it right
    row = await facts.one(Job, job.id)
    assert (row.state, row.said_revision) == (JobState.DONE, row.revision)


async def test_files_that_another_process_sent_meanwhile_are_not_sent_again(
    clockwork: Clockwork, gateway: RecordingGateway, club: Club, frozen: Freeze
) -> None:
    job = await club.job(JobKind.REPORT_FILES, recipient=club.leads[0], note="90")
    gateway.while_waiting = frozen(BEYOND, other_ticks=True)
    await clockwork.tick()
    assert len(gateway.of_job(job.id)) == 1


async def test_where_nobody_can_look_what_was_given_up_meanwhile_stays_unsaid(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, frozen: Freeze
) -> None:
    """The leads were asked to look whether it is there."""
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.while_waiting = frozen(BEYOND, other_ticks=True)
    await clockwork.tick()
    assert gateway.of_job(job.id) == []
    assert await outcome(facts, job) == (JobState.DONE, "unsure")


async def test_a_clock_that_was_put_back_meanwhile_makes_no_difference(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    frozen: Freeze,
    clock: HandClock,
) -> None:
    _, job = await an_offer(facts)
    goes_on = frozen(BEYOND, other_ticks=True)

    async def and_back() -> None:
        await goes_on()
        clock.let_pass(-timedelta(seconds=BEYOND))

    gateway.while_waiting = and_back
    await clockwork.tick()
    assert len(gateway.of_job(job.id)) == 1


@pytest.mark.parametrize(("seconds", "looks"), [(SURE_FOR - 1, 0), (SURE_FOR + 1, 1)])
async def test_the_database_is_asked_again_only_after_a_while(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    frozen: Freeze,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    looks: int,
) -> None:
    renewed: list[int] = []
    renew = claims.renew

    async def renewing(*args: Any, job: Job, **given: Any) -> bool:
        renewed.append(job.id)
        return await renew(*args, job=job, **given)

    monkeypatch.setattr(claims, "renew", renewing)
    _, job = await an_offer(facts)
    gateway.while_waiting = frozen(seconds, other_ticks=False)
    await clockwork.tick()
    assert renewed == [job.id] * looks
    assert len(gateway.of_job(job.id)) == 1
