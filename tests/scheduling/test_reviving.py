"""What was given up, when an operator has mended the cause."""

from datetime import timedelta

import pytest

from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.slack.errors import Permanent, Uncertain
from bot.store.ailing import revive
from bot.store.tables import Job
from tests.scheduling.offers import an_offer
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_was_given_up_is_tried_once_more_and_not_said_twice(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    arrived: bool,
) -> None:
    """`arrived`: the last attempt reached Slack, and its answer was not heard."""
    _, job = await an_offer(facts)
    if arrived:
        gateway.fail("post", Uncertain("timeout"), after_effect=True)
        await clockwork.wake()
        clock.let_pass(RETRY)
        gateway.fail("find_posted", Permanent("no_permission"))
    else:
        gateway.fail("post", Permanent("restricted_action"))
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DEAD

    assert await revive(facts.db, now=clock.now() + timedelta(days=2), within=RETRY) == 0
    assert await revive(facts.db, now=clock.now(), within=timedelta(days=1)) == 1
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1
