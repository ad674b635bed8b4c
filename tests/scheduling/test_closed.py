"""A conversation that is closed to us: another is opened for the same people.

The group of a pair was made a channel and archived, or Lantern was taken out of it; a DM belongs to
an app that was installed before.
"""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.scheduling.clockwork import Clockwork
from bot.services.context import Context
from bot.services.sessions import timing
from bot.slack.errors import Permanent, Uncertain
from bot.store.tables import Job, Person, Programme, Session
from tests.scheduling.clubs import Club, outcome
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

CLOSED = ["is_archived", "channel_not_found", "not_in_channel"]
RETRY = timedelta(hours=2)  # beyond any back-off
SAID = (JobState.DONE, None)


@pytest.mark.parametrize("code", CLOSED)
async def test_a_pair_is_told_in_a_new_group(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, code: str
) -> None:
    ada, grace = await facts.person("Ada"), await facts.mentor("Grace")
    old = {"starts_at": MONDAY + timedelta(days=1), "group_channel": "GOLD"}
    session = await facts.session(grace, ada, **old)
    gateway.closed["GOLD"] = code
    job = await facts.job(JobKind.SESSION_CANCELLED, session_id=session.id)
    await clockwork.wake()
    assert await outcome(facts, job) == SAID
    (opened,) = gateway.opened
    assert set(opened) == {ada.slack_id, grace.slack_id}
    new = (await facts.one(Session, session.id)).group_channel
    assert gateway.texts(new) == ["session_cancelled state=scheduled"]


async def test_a_person_is_told_in_a_new_dm(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    ada = await facts.person("Ada", dm_channel="DOLD")
    gateway.closed["DOLD"] = "channel_not_found"
    job = await facts.job(JobKind.PAUSE_CARD, recipient=ada)
    await clockwork.wake()
    assert await outcome(facts, job) == SAID
    assert (await facts.one(Person, ada.id)).dm_channel == f"D{ada.slack_id}"


async def test_one_that_stays_closed_is_given_up(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    ada = await facts.person("Ada", dm_channel="DOLD")
    gateway.fail_always("post", Permanent("channel_not_found"))
    job = await facts.job(JobKind.PAUSE_CARD, recipient=ada)
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DEAD


async def test_what_may_have_arrived_before_it_was_closed_is_said_where_it_is_read(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    ada = await facts.person("Ada", dm_channel="DOLD")
    job = await facts.job(JobKind.PAUSE_CARD, recipient=ada)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    gateway.closed["DOLD"] = "channel_not_found"
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == SAID
    assert [said.channel for said in gateway.said] == ["DOLD", f"D{ada.slack_id}"]


async def test_a_page_that_may_have_arrived_beside_its_thread_is_found_there(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock, club: Club
) -> None:
    row = await club.round(RoundState.PLANNED)
    await club.job(JobKind.ROUND_REVIEW, round_id=row.id)
    await clockwork.wake()
    (card,) = gateway.said
    async with facts.db.work() as work:
        (await work.session.get_one(Job, card.job)).slack_channel = "GOLD"
        (await work.session.get_one(Programme, club.programme.id)).leads_channel = "GOLD"
        await work.commit()
    gateway.closed["GOLD"] = "is_archived"
    page = await club.job(JobKind.ROUND_PAIRS, round_id=row.id, note="page:1")
    gateway.fail("post", Permanent("is_archived"))
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert len(gateway.of_job(page.id)) == 1
    assert await outcome(facts, page) == SAID


async def test_what_stands_there_is_left_and_nobody_is_alarmed(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    pair = [await facts.person(name) for name in ("Edith", "Moira")]
    session = await club.match(await club.round(), *pair)
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    gateway.fail("update", Permanent("is_archived"))
    await timing.cancel(context, actor_id=pair[0].id, session_id=session.id)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "is_archived")
    assert JobKind.LEAD_NEWS not in {each.kind for each in await facts.all(Job)}
