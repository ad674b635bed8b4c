"""What stands in Slack in the same words already is not sent there again, if that is sure."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.states import JobState, OfferState
from bot.scheduling.clockwork import Clockwork
from bot.slack.errors import SlackError, Transient, Uncertain
from bot.store.crypto import Keyring, new_key
from bot.store.restored import mark_restored
from bot.store.tables import Job, Offer
from tests.scheduling.offers import an_offer, settle
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

PENDING, DECLINED = "offer state=pending", "offer state=declined"


@pytest.fixture
async def said(clockwork: Clockwork, facts: Facts) -> tuple[Offer, Job]:
    """An offer whose message stands in Slack."""
    offer, job = await an_offer(facts)
    await clockwork.wake()
    return offer, job


async def touch(facts: Facts, offer: Offer, state: OfferState = OfferState.PENDING) -> None:
    await settle(facts, offer, state)


async def test_a_touch_that_changes_no_word_is_recorded_and_not_sent(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, said: tuple[Offer, Job]
) -> None:
    offer, job = said
    for _ in range(2):
        await touch(facts, offer)
        await clockwork.wake()
    assert gateway.said[0].versions == [PENDING]
    row = await facts.one(Job, job.id)
    assert (row.state, row.revision, row.said_revision) == (JobState.DONE, 3, 3)


async def test_there_and_back_is_sent_twice(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, said: tuple[Offer, Job]
) -> None:
    offer, _ = said
    for state in (OfferState.DECLINED, OfferState.DECLINED, OfferState.PENDING):
        await touch(facts, offer, state)
        await clockwork.wake()
    assert gateway.said[0].versions == [PENDING, DECLINED, PENDING]


@pytest.mark.parametrize("error", [Uncertain("timeout"), Transient("ratelimited")])
@pytest.mark.parametrize("touched", [False, True])
async def test_after_an_attempt_that_may_have_arrived_it_is_sent(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    said: tuple[Offer, Job],
    error: SlackError,
    touched: bool,
) -> None:
    """It arrived, nobody heard so, and meanwhile all is as it was before."""
    offer, job = said
    gateway.fail("update", error, after_effect=True)
    await touch(facts, offer, OfferState.DECLINED)
    await clockwork.wake()
    if touched:
        await touch(facts, offer)
    else:
        async with facts.db.work() as work:
            (await work.session.get_one(Offer, offer.id)).state = OfferState.PENDING
            await work.commit()
    clock.let_pass(timedelta(hours=2))  # beyond any back-off
    await clockwork.wake()
    assert gateway.said[0].versions == [PENDING, DECLINED, PENDING]
    assert (await facts.one(Job, job.id)).state is JobState.DONE


async def test_a_touch_on_the_way_leaves_what_has_arrived(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, said: tuple[Offer, Job]
) -> None:
    offer, _ = said

    async def and_back() -> None:
        gateway.meanwhile = None
        await touch(facts, offer)

    await touch(facts, offer, OfferState.DECLINED)
    gateway.meanwhile = and_back
    await clockwork.wake()
    assert gateway.said[0].versions == [PENDING, DECLINED, PENDING]


async def test_of_a_restored_database_everything_that_is_touched_is_sent(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, said: tuple[Offer, Job]
) -> None:
    offer, _ = said
    await mark_restored(facts.db, now=facts.now)
    await touch(facts, offer)
    await clockwork.wake()
    assert gateway.said[0].versions == [PENDING, PENDING]


async def test_what_was_said_by_an_older_version_is_sent_once_more(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, said: tuple[Offer, Job]
) -> None:
    offer, job = said
    async with facts.db.work() as work:
        await work.session.execute(update(Job).values(said_as=None))
        await work.commit()
    for _ in range(2):
        await touch(facts, offer)
        await clockwork.wake()
    assert gateway.said[0].versions == [PENDING, PENDING]
    assert (await facts.one(Job, job.id)).said_as is not None


def test_a_mark_tells_nothing_without_the_key() -> None:
    one, other = Keyring([new_key()]), Keyring([new_key()])
    assert one.mark("Thank you") == one.mark("Thank you") != one.mark("Thank you.")
    assert one.mark("Thank you") != other.mark("Thank you")
