"""From the claim to the record: said once, and put right where it stands."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState, SessionState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.slack.errors import Permanent
from bot.store import claims
from bot.store.tables import Job, Offer, Person, Session
from tests.scheduling.offers import an_offer, settle
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

HOUR = timedelta(hours=1)
RETRY = timedelta(hours=2)  # beyond any back-off


async def test_is_said_once_in_the_direct_message_and_remembered(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    ada = await facts.person()
    first = await facts.job(JobKind.PLAIN_ANSWER, recipient=ada, note="nothing_open")
    await facts.job(JobKind.PAUSE_CARD, recipient=ada)
    await clockwork.wake()
    await clockwork.wake()

    assert gateway.texts() == [
        "plain_answer note=nothing_open sentence=<nothing_open>",
        "pause_card",
    ]
    assert gateway.opened == [(ada.slack_id,)]
    assert (await facts.one(Person, ada.id)).dm_channel == gateway.said[0].channel
    row = await facts.one(Job, first.id)
    assert (row.state, row.said_revision, row.said_at) == (JobState.DONE, 1, MONDAY)
    assert (row.slack_channel, row.slack_ts) == (gateway.said[0].channel, gateway.said[0].ts)
    assert row.leased_by is None


async def test_a_pair_gets_one_group_and_keeps_it(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    mentor, mentee = await facts.mentor(), await facts.person("Ada")
    session = await facts.session(mentor, mentee)
    await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    await facts.job(JobKind.TIME_UNSET, session_id=session.id, plan=0)
    await clockwork.wake()

    assert gateway.opened == [(mentor.slack_id, mentee.slack_id)]
    group = (await facts.one(Session, session.id)).group_channel
    assert gateway.texts(group) == ["introduction state=matched", "time_unset state=matched"]


async def test_what_changes_is_put_right_where_it_stands(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    offer, job = await an_offer(facts)
    await clockwork.wake()
    await settle(facts, offer, OfferState.DECLINED)
    await clockwork.wake()

    (said,) = gateway.said
    assert said.versions == ["offer state=pending", "offer state=declined"]
    row = await facts.one(Job, job.id)
    assert (row.state, row.revision, row.said_revision) == (JobState.DONE, 2, 2)


async def test_what_changes_while_it_is_on_its_way_is_said_again_in_place(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    offer, _ = await an_offer(facts)

    async def meanwhile() -> None:
        gateway.meanwhile = None
        await settle(facts, offer, OfferState.EXPIRED)

    gateway.meanwhile = meanwhile
    await clockwork.wake()
    assert [said.versions for said in gateway.said] == [
        ["offer state=pending", "offer state=expired"]
    ]


async def test_nothing_is_said_of_a_settled_matter(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    offer, _ = await an_offer(facts)
    await facts.job(JobKind.OFFER_REMINDER, offer_id=offer.id, recipient_id=offer.mentor_id)
    async with facts.db.work() as work:
        row = await work.lock(Offer, offer.id)
        assert row is not None
        row.state = OfferState.ACCEPTED
        await work.commit()
    await clockwork.wake()
    assert gateway.said == []
    assert {(job.state, job.reason) for job in await facts.all(Job)} == {
        (JobState.SKIPPED, "settled")
    }


async def test_nothing_is_posted_to_somebody_deactivated(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    gone, here = await facts.mentor(is_deleted=True), await facts.person("Ada")
    session = await facts.session(gone, here)
    await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await facts.job(JobKind.CHECKLIST, session_id=session.id, recipient=gone)
    await facts.job(JobKind.CHECKLIST, session_id=session.id, recipient=here)
    await clockwork.wake()
    assert gateway.texts() == ["checklist state=matched"]
    assert gateway.opened == [(here.slack_id,)]
    reasons = [job.reason for job in await facts.all(Job)]
    assert reasons == ["person_gone", "person_gone", None]


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message"])
async def test_a_message_that_is_gone_needs_no_putting_right(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, code: str
) -> None:
    offer, job = await an_offer(facts)
    await clockwork.wake()
    await settle(facts, offer, OfferState.DECLINED)
    gateway.fail("update", Permanent(code))
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.state, row.reason, row.said_revision) == (JobState.DONE, code, 2)
    assert len(gateway.said) == 1


async def test_a_lease_lost_before_sending_is_respected(
    desk: Desk, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    from bot.scheduling.deliver import try_say_one

    _, job = await an_offer(facts)
    (mine,) = await claims.claim(
        facts.db, me="one", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    clock.let_pass(LEASE_FOR)
    await claims.claim(
        facts.db, me="two", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    await try_say_one(desk, mine)
    assert gateway.said == []
    assert (await facts.one(Job, job.id)).leased_by == "two"


async def test_a_snoozed_nudge_says_so_in_place(
    desk: Desk, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    from bot.services.snoozing import snooze

    offer, _ = await an_offer(facts)
    nudge = await facts.job(JobKind.OFFER_REMINDER, offer_id=offer.id, recipient_id=offer.mentor_id)
    await clockwork.wake()
    until = await snooze(desk.ctx, actor_id=offer.mentor_id, job_id=nudge.id, choice="hour")
    await clockwork.wake()
    assert gateway.of_job(nudge.id)[0].text == f"snoozed snoozed_until={until}"
    assert (await claims.next_due(facts.db, MONDAY)) == (MONDAY + HOUR, JobKind.OFFER_REMINDER)


async def test_an_erased_thank_you_is_not_sent(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    mentor, mentee = await facts.mentor(), await facts.person("Ada")
    session = await facts.session(mentor, mentee, state=SessionState.CLOSED)
    await facts.job(JobKind.THANKS_CARD, session_id=session.id, recipient=mentor)
    await clockwork.wake()
    assert gateway.said == []
