"""What goes wrong for longer than a few tries (Slack, our token, a chore of ours) is not lost."""

from datetime import timedelta

import pytest

from bot.domain.backoff import MAX_ATTEMPTS, PATIENT_FOR, PATIENT_WITH_US
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState
from bot.scheduling.clockwork import Clockwork
from bot.slack.errors import Permanent, Transient, Uncertain
from bot.store.tables import Job, Offer
from tests.scheduling.offers import an_offer
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.mark.parametrize("error", [Transient("service_unavailable"), Uncertain("timeout")])
async def test_slack_may_be_away_for_a_day(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    error: Exception,
) -> None:
    _, job = await an_offer(facts)
    gateway.fail_always("post", error)
    for _ in range(2 * MAX_ATTEMPTS):
        await clockwork.wake()
        await clock.advance(timedelta(hours=1))
        clock.let_pass(RETRY)
    gateway.recover()
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1


async def test_and_for_days_and_then_it_is_given_up(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    job = await facts.job(JobKind.PAUSE_CARD, recipient=await facts.person())
    gateway.fail_always("post", Uncertain("timeout"))
    for _ in range(MAX_ATTEMPTS):
        await clockwork.wake()
        clock.let_pass(RETRY)
    assert (await facts.one(Job, job.id)).state is JobState.PENDING
    await clock.advance(PATIENT_FOR)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DEAD


@pytest.mark.parametrize("code", ["token_revoked", "missing_scope"])
async def test_a_token_that_is_refused_for_days_loses_nothing(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock, code: str
) -> None:
    """Nor is a short failure the last one when it is taken again."""
    _, job = await an_offer(facts)
    gateway.fail_always("post", Permanent(code))
    for _ in range(2 * MAX_ATTEMPTS):
        await clockwork.wake()
        clock.let_pass(RETRY)
    gateway.recover()
    gateway.fail("post", Transient("ratelimited", 1))
    for _ in range(2):
        await clockwork.wake()
        clock.let_pass(RETRY)
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1


async def test_a_deadline_is_kept_as_soon_as_a_new_version_can(
    clockwork: Clockwork, facts: Facts, clock: HandClock
) -> None:
    offer = await facts.offer(await facts.request(await facts.person()), await facts.mentor())
    job = await facts.job(JobKind.OFFER_EXPIRY)  # of no offer, which is our own fault
    for _ in range(2 * MAX_ATTEMPTS):
        await clockwork.wake()
        await clock.advance(timedelta(days=1))
        clock.let_pass(RETRY)
    async with facts.db.work() as work:
        (await work.session.get_one(Job, job.id)).offer_id = offer.id
        await work.commit()
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert (await facts.one(Offer, offer.id)).state is OfferState.EXPIRED


@pytest.mark.parametrize("kind", [JobKind.OFFER_EXPIRY, JobKind.ROUND_OPEN])
async def test_but_it_is_not_tried_for_ever(
    clockwork: Clockwork, facts: Facts, clock: HandClock, kind: JobKind
) -> None:
    job = await facts.job(kind)
    for _ in range(MAX_ATTEMPTS):
        await clockwork.wake()
        clock.let_pass(RETRY)
    assert (await facts.one(Job, job.id)).state is JobState.PENDING
    await clock.advance(PATIENT_WITH_US)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DEAD
