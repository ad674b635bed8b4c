"""When it does not work: adopted, tried again, given up, or put down to somebody who left."""

from datetime import timedelta

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.domain.backoff import MAX_ATTEMPTS
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState
from bot.references import LENGTH
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.scheduling.failing import VOID_FOR
from bot.slack.errors import NotYet, Permanent, Transient, Uncertain
from bot.store import claims
from bot.store.restored import mark_restored
from bot.store.tables import Job, Offer, Person
from tests.scheduling.offers import an_offer, settle
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords

RETRY = timedelta(hours=2)  # beyond any back-off


async def test_a_crash_between_slacks_yes_and_the_record_does_not_say_it_twice(
    desk: Desk, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    _, job = await an_offer(facts)
    channel = await gateway.open_dm([(await facts.all(Person))[1].slack_id])
    async with facts.db.work() as work:
        row = await work.session.get_one(Person, job.recipient_id)
        row.dm_channel = channel
        await work.commit()
    await claims.claim(
        facts.db, me="dead", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    posted = await gateway.post(channel, desk.templates.message("offer"), metadata_id=job.id)

    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.PENDING  # the lease still runs
    clock.let_pass(LEASE_FOR)
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.state, row.slack_ts, row.said_revision) == (JobState.DONE, posted.ts, 1)
    assert [said.versions for said in gateway.said] == [["offer"]]


async def test_an_uncertain_answer_is_looked_up_before_it_is_said_again(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    _, arrived = await an_offer(facts)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    _, lost = await an_offer(facts)
    gateway.fail("post", Uncertain("timeout"))
    await clockwork.wake()
    assert [len(gateway.of_job(job.id)) for job in (arrived, lost)] == [1, 0]

    clock.let_pass(RETRY)
    await clockwork.wake()
    assert [len(gateway.of_job(job.id)) for job in (arrived, lost)] == [1, 1]
    assert sorted(gateway.looked) == [arrived.id, lost.id]
    assert {job.state for job in await facts.all(Job)} == {JobState.DONE}


@pytest.mark.parametrize("arrived", [True, False])
async def test_after_a_restore_it_is_looked_for_in_a_conversation_that_was_opened_since(
    desk: Desk, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, arrived: bool
) -> None:
    """Of which the database that was put back knows nothing."""
    _, job = await an_offer(facts)
    mentor = (await facts.all(Person))[1]
    if arrived:
        channel = await gateway.open_dm([mentor.slack_id])
        await gateway.post(channel, desk.templates.message("offer"), metadata_id=job.id)
    await mark_restored(facts.db, now=facts.now)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1


@pytest.mark.parametrize("trouble", [NotYet(60.0, "conversations.open"), Transient("http_500")])
async def test_after_a_restore_it_is_looked_for_however_often_that_is_put_off(
    desk: Desk,
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    trouble: Exception,
) -> None:
    _, job = await an_offer(facts)
    channel = await gateway.open_dm([(await facts.all(Person))[1].slack_id])
    await gateway.post(channel, desk.templates.message("offer"), metadata_id=job.id)
    await mark_restored(facts.db, now=facts.now)
    for _ in range(2):
        gateway.fail("open_dm", trouble)
        await clockwork.wake()
        clock.let_pass(RETRY)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1


async def test_what_is_cancelled_on_its_way_is_put_right_if_it_arrived_and_dropped_if_not(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    came, arrived = await an_offer(facts)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    failed, lost = await an_offer(facts)
    gateway.fail("post", Uncertain("timeout"))
    await clockwork.wake()
    for offer in (came, failed):
        await settle(facts, offer, OfferState.WITHDRAWN)
    clock.let_pass(RETRY)
    await clockwork.wake()
    (said,) = gateway.said
    assert said.versions == ["offer state=pending", "offer state=withdrawn"]
    states = [(await facts.one(Job, job.id)).state for job in (arrived, lost)]
    assert states == [JobState.DONE, JobState.SKIPPED]


async def test_what_arrived_unnoticed_and_changed_since_is_adopted_and_put_right(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    offer, job = await an_offer(facts)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    async with facts.db.work() as work:
        row = await work.lock(Offer, offer.id)
        assert row is not None
        row.state = OfferState.WITHDRAWN
        await work.touch(Job.offer_id == offer.id, now=facts.now)
        await work.commit()
    clock.let_pass(RETRY)
    await clockwork.wake()
    (said,) = gateway.said
    assert said.versions == ["offer state=pending", "offer state=withdrawn"]
    row = await facts.one(Job, job.id)
    assert (row.state, row.said_revision) == (JobState.DONE, 2)


async def test_slack_says_when_and_we_do_not_ask_before(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    _, job = await an_offer(facts)
    gateway.fail("post", Transient("ratelimited", 30))
    before = clock.wall()
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert row.leased_until >= before + timedelta(seconds=30)
    assert row.leased_by is None

    clock.let_pass(timedelta(seconds=20))
    await clockwork.wake()
    assert gateway.said == []
    clock.let_pass(timedelta(seconds=20))
    await clockwork.wake()
    assert len(gateway.of_job(job.id)) == 1


async def test_waits_grow_and_are_spread_and_end(
    clockwork: Clockwork, facts: Facts, words: PlainWords, clock: HandClock
) -> None:
    ada = await facts.person()
    jobs = [await facts.job(JobKind.PAUSE_CARD, recipient=ada) for _ in range(2)]
    words.fault = RuntimeError()
    with capture_logs([merge_contextvars]) as logs:
        for _ in range(MAX_ATTEMPTS):
            await clockwork.wake()
            clock.let_pass(RETRY)
    retried = [log for log in logs if log["event"] == "job_failed"]
    first, second = ([log["wait"] for log in retried if log["job"] == job.id] for job in jobs)
    assert len(first) == len(second) == MAX_ATTEMPTS - 1
    assert first != second  # they do not come back together
    for attempt, pair in enumerate(zip(first, second, strict=True)):
        full = min(5 * 2**attempt, 3600)
        assert all(full / 2 <= wait + 0.1 and wait <= full for wait in pair)
    for job in jobs:
        row = await facts.one(Job, job.id)
        assert (row.state, row.attempts) == (JobState.DEAD, MAX_ATTEMPTS)
    dead = [log for log in logs if log["event"] == "job_dead"]
    assert {log["job"] for log in dead} == {job.id for job in jobs}
    for log in dead:
        assert log["reference"] in (await facts.one(Job, log["job"])).reason


async def test_a_refusal_is_final_and_somebody_hears_of_it(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    _, job = await an_offer(facts)
    gateway.fail("post", Permanent("invalid_blocks"))
    with capture_logs() as logs:
        await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert row.state is JobState.DEAD
    assert row.reason.startswith("invalid_blocks ")
    (log,) = [log for log in logs if log["log_level"] == "error"]
    assert (log["event"], log["job"], log["error"]) == ("job_dead", job.id, "invalid_blocks")


@pytest.mark.parametrize("call", ["open_dm", "post"])
async def test_a_person_slack_does_not_know_any_more_is_left_in_peace(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, call: str
) -> None:
    _, job = await an_offer(facts)
    gateway.fail(call, Permanent("user_disabled"))
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.state, row.reason) == (JobState.SKIPPED, "person_gone")


async def test_a_token_that_is_refused_may_be_put_right(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    _, job = await an_offer(facts)
    for _ in range(MAX_ATTEMPTS + 1):  # a whole night: it costs no attempt
        gateway.fail("post", Permanent("invalid_auth"))
        await clockwork.wake()
        clock.let_pass(VOID_FOR)
    held = await facts.one(Job, job.id)
    assert (held.state, held.attempts, held.reason) == (JobState.PENDING, 0, "invalid_auth")
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE


async def test_our_own_fault_is_tried_again_and_its_words_stay_out_of_the_log(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    words: PlainWords,
    clock: HandClock,
) -> None:
    _, job = await an_offer(facts)
    words.fault = RuntimeError("Speaking up in meetings")
    with capture_logs([merge_contextvars]) as logs:
        await clockwork.wake()
    (log,) = [log for log in logs if log["event"] == "job_failed"]
    assert (log["error"], log["log_level"]) == ("RuntimeError", "error")
    assert "message:" in log["at"]
    assert len(log["reference"]) == LENGTH
    assert "Speaking" not in str(logs)

    words.fault = None
    clock.let_pass(RETRY)
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.state, len(gateway.of_job(job.id))) == (JobState.DONE, 1)


async def test_a_subject_that_vanished_is_our_fault_too_and_ends(
    clockwork: Clockwork, facts: Facts, clock: HandClock
) -> None:
    ada = await facts.person()
    job = await facts.job(JobKind.PROMPT_CHOICE, recipient=ada)  # of no draft
    for _ in range(MAX_ATTEMPTS):
        await clockwork.wake()
        clock.let_pass(RETRY)
    assert (await facts.one(Job, job.id)).state is JobState.DEAD


async def test_a_database_that_is_locked_when_recording_is_asked_again(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sqlalchemy.exc import OperationalError

    _, job = await an_offer(facts)
    real, refused = claims.record_said, [True] * 3

    async def locked(*args: object, **kwargs: object) -> bool:
        if refused:
            refused.pop()
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return await real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(claims, "record_said", locked)
    await clockwork.wake()  # three refusals: said, and not recorded
    assert (await facts.one(Job, job.id)).state is JobState.PENDING
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert len(gateway.of_job(job.id)) == 1
