"""What is said in a programme's channel, where Lantern may not look what it said."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.channels import IN_A_ROOM
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.jobs import FILES
from bot.services.context import Context
from bot.services.programmes import trouble
from bot.slack.errors import Permanent, Transient, Uncertain
from bot.store import claims
from bot.store.engine import Busy
from bot.store.restored import mark_restored
from bot.store.tables import Job, Programme
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.fixture
async def club(facts: Facts) -> Club:
    return await a_club(facts, await facts.person("Ada"))


async def news_of(facts: Facts) -> list[str | None]:
    return [job.note for job in await facts.all(Job) if job.kind is JobKind.LEAD_NEWS]


async def test_the_card_is_posted_at_any_hour_and_put_right_in_place(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    await clock.advance(timedelta(hours=12))
    job = await club.job(JobKind.PROGRAMME_CARD)
    await clockwork.wake()
    async with facts.db.work() as work:
        (await work.session.get_one(Job, job.id)).note = "other words"
        await work.touch(Job.id == job.id, now=clock.now())
        await work.commit()
    await clockwork.wake()
    (said,) = gateway.said
    assert (said.channel, len(said.versions)) == ("C0CLUB", 2)
    assert gateway.opened == []


async def test_news_in_the_channel_keeps_to_the_programmes_hours(
    clockwork: Clockwork, facts: Facts, club: Club
) -> None:
    orphan = await a_club(facts, channel="C0LOST", zone="America/Los_Angeles", country="US")
    job = await orphan.job(JobKind.LEADERLESS)
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.reason, row.due_at) == ("moved", MONDAY + timedelta(hours=7))


async def test_a_post_that_may_have_arrived_is_not_repeated_and_the_leads_may_look(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()

    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert gateway.texts("C0CLUB") == ["programme_card"]
    assert await news_of(facts) == ["card_unsure"]
    assert gateway.looked == []


@pytest.mark.parametrize("crashed", ["in mid-post", "before the post"])
async def test_a_crash_leaves_a_post_alone(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    clock: HandClock,
    crashed: str,
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    (claimed,) = await claims.claim(
        facts.db, me="killed", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    if crashed == "in mid-post":
        await claims.record_sending(
            facts.db, job=claimed, me="killed", until=clock.wall() + LEASE_FOR
        )
    clock.let_pass(2 * LEASE_FOR)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert await news_of(facts) == ["card_unsure"]
    assert gateway.texts("C0CLUB") == []


@pytest.mark.parametrize("kind", sorted(IN_A_ROOM))
async def test_a_crash_leaves_alone_whatever_is_for_a_channel(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    clock: HandClock,
    kind: JobKind,
) -> None:
    job = await club.job(kind)
    await claims.claim(
        facts.db, me="killed", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=1
    )
    clock.let_pass(2 * LEASE_FOR)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert gateway.texts("C0CLUB") == []


async def test_after_a_restore_nobody_can_tell_either(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    await mark_restored(facts.db, now=facts.now)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert gateway.texts("C0CLUB") == []


def test_whatever_is_said_in_a_channel_is_known_to_be() -> None:
    assert {kind for kind, file in FILES.items() if hasattr(file, "room")} <= IN_A_ROOM


async def test_what_slack_did_not_do_is_tried_again(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Transient("ratelimited", 1))
    await clockwork.wake()
    assert gateway.said == []
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert gateway.texts("C0CLUB") == ["programme_card"]


async def test_what_slack_did_not_do_is_tried_again_also_when_it_changed_meanwhile(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Transient("ratelimited", 1))
    await clockwork.wake()
    async with facts.db.work() as work:
        await work.touch(Job.id == job.id, now=clock.now())
        await work.commit()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert gateway.texts("C0CLUB") == ["programme_card"]


async def test_a_crash_after_a_failure_that_was_known_is_a_crash_all_the_same(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Transient("ratelimited", 1))
    await clockwork.wake()
    clock.let_pass(RETRY)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert gateway.texts("C0CLUB") == ["programme_card"]


async def test_an_edit_of_a_card_may_be_repeated(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    await clockwork.wake()
    async with facts.db.work() as work:
        (await work.session.get_one(Job, job.id)).note = "other words"
        await work.touch(Job.id == job.id, now=clock.now())
        await work.commit()
    gateway.fail("update", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert len(gateway.texts("C0CLUB")) == 1


async def test_an_archived_channel_is_a_fact_the_leads_hear_of(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Permanent("is_archived"))
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.SKIPPED, "channel_archived")
    assert (await facts.one(Programme, club.programme.id)).archived_at is not None
    assert await news_of(facts) == ["channel_archived"]


async def test_nothing_is_said_or_edited_in_an_archived_channel(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await a_club(facts, await facts.person("Ada"), archived_at=MONDAY)
    new = await club.job(JobKind.PROGRAMME_CARD)
    old = await club.job(JobKind.PROGRAMME_CARD, slack_channel="C0CLUB", slack_ts="1.1")
    await clockwork.wake()
    assert await outcome(facts, new) == (JobState.SKIPPED, "channel_archived")
    assert await outcome(facts, old) == (JobState.DONE, None)
    assert gateway.said == []


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found"])
async def test_a_channel_that_is_closed_to_us_is_a_card_the_leads_must_see_to(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, code: str
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Permanent(code))
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DEAD
    assert await news_of(facts) == ["taken_out"]


async def test_the_leads_hear_of_it_also_when_the_database_is_busy_just_then(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    gateway.fail("post", Permanent("not_in_channel"))
    tell, tries = trouble.card_refused, list[int]()

    async def busy_at_first(ctx: Context, *, programme_id: int, **about: Any) -> None:
        tries.append(programme_id)
        if len(tries) == 1:
            raise Busy("too many writers")
        await tell(ctx, programme_id=programme_id, **about)

    monkeypatch.setattr(trouble, "card_refused", busy_at_first)
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DEAD
    assert await news_of(facts) == ["taken_out"]
