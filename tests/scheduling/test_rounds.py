"""A round's hour: everyone is looked up, the plan is made, the card shows how far it is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.backoff import MAX_ATTEMPTS
from bot.domain.states import JobState, RoundState
from bot.matching.results import Progress
from bot.scheduling import progress
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.services.rounds import reviewing, running
from bot.slack.errors import Permanent, SlackError, Transient
from bot.store import claims
from bot.store.tables import Job, Lead, Person, Round, RoundPair
from tests.scheduling.clubs import Club, outcome
from tests.scheduling.rounds import Telling, announced, due
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.fixture
def words() -> PlainWords:
    return Telling()


async def test_everyone_is_listed_once_and_the_plan_is_made(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    row, card = await announced(club)
    await clockwork.wake()
    run = await due(club, row)
    await clockwork.wake()

    assert await outcome(facts, run) == (JobState.DONE, None)
    assert gateway.listings == 1
    assert gateway.asked == []
    after = await facts.one(Round, row.id)
    assert (after.state, after.run) == (RoundState.PLANNED, 1)
    assert len(await facts.all(RoundPair)) == 1
    shown = gateway.of_job(card.id)[0]
    assert shown.versions[-1] == "round_review"
    assert [said.thread_ts for said in gateway.said] == [None, shown.ts, shown.ts]


async def test_who_left_is_noticed_before_the_plan(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    row, _ = await announced(club)
    grace = next(person for person in await facts.all(Person) if person.name == "Grace")
    gateway.people[grace.slack_id] = {"deleted": True}
    await due(club, row)
    await clockwork.wake()
    assert (await facts.one(Person, grace.id)).is_deleted
    assert await facts.all(RoundPair) == []


async def test_a_crowd_is_taken_over_in_a_few_transactions(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    crowd = [await club.join(await facts.person(f"P{n}")) for n in range(30)]
    for person in crowd:
        gateway.people[person.slack_id] = {"name": f"{person.name}!", "tz": "Asia/Tokyo"}
    gateway.people["UNEVERMET"] = {"name": "Stranger"}
    row, _ = await announced(club)
    await due(club, row)
    await clockwork.wake()
    known = {person.slack_id: person for person in await facts.all(Person)}
    assert {known[person.slack_id].zone for person in crowd} == {"Asia/Tokyo"}
    assert "UNEVERMET" not in known


@pytest.mark.parametrize(
    ("error", "tries"), [(Transient("ratelimited"), 3), (Permanent("missing_scope"), 1)]
)
async def test_a_round_goes_ahead_without_the_listing_in_the_end(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    clock: HandClock,
    error: SlackError,
    tries: int,
) -> None:
    row, _ = await announced(club)
    run = await due(club, row)
    gateway.fail_always("everyone", error)
    for _ in range(tries):
        assert (await outcome(facts, run))[0] is JobState.PENDING
        await clockwork.wake()
        clock.let_pass(RETRY)
    assert await outcome(facts, run) == (JobState.DONE, None)
    assert (await facts.one(Round, row.id)).state is RoundState.PLANNED


async def test_a_round_that_was_cancelled_makes_no_plan(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    row = await club.round(RoundState.CANCELLED)
    run = await due(club, row)
    await clockwork.wake()
    assert await outcome(facts, run) == (JobState.DONE, None)
    assert gateway.listings == 0


async def test_the_card_shows_how_far_it_is(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, card = await announced(club)
    await clockwork.wake()
    edited = asyncio.Event()

    async def run(_ctx: Any, *, round_id: int, tell: Callable[[Progress], None]) -> None:
        await asyncio.to_thread(tell, Progress("sweep", 0.25))
        await asyncio.wait_for(edited.wait(), 10)
        for part in (0.3, 0.2, 0.9):  # within the three seconds: nobody sees them
            await asyncio.to_thread(tell, Progress("solve", part))

    async def seen() -> None:
        edited.set()

    gateway.meanwhile = seen
    monkeypatch.setattr(running, "run", run)
    await due(club, row)
    await clockwork.wake()
    shown = gateway.of_job(card.id)[0].versions
    assert "round_review 25 %" in shown
    assert not any("30" in text or "90" in text for text in shown)
    assert shown[-1] == "round_review"  # as it stands: this run is over, and wrote no plan


async def test_what_slack_refuses_of_the_progress_disturbs_no_plan(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, _ = await announced(club)
    await clockwork.wake()
    tried = asyncio.Event()

    async def run(_ctx: Any, *, round_id: int, tell: Callable[[Progress], None]) -> None:
        for part in (0.1, 0.5):
            tried.clear()
            await asyncio.to_thread(tell, Progress("solve", part))
            await asyncio.wait_for(tried.wait(), 10)

    async def seen() -> None:
        tried.set()
        raise Transient("ratelimited", 0)

    gateway.meanwhile = seen
    monkeypatch.setattr(progress, "EDIT_EVERY", 0.0)
    monkeypatch.setattr(running, "run", run)
    job = await due(club, row)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)


async def test_a_run_is_taken_over_from_a_process_that_was_killed(
    clockwork: Clockwork, facts: Facts, club: Club, clock: HandClock
) -> None:
    row, _ = await announced(club)
    run = await due(club, row)
    await claims.claim(
        facts.db, me="killed", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=9
    )
    async with facts.db.work() as work:
        (await work.session.get_one(Round, row.id)).state = RoundState.RUNNING
        await work.commit()
    clock.let_pass(2 * LEASE_FOR)
    await clockwork.wake()
    assert await outcome(facts, run) == (JobState.DONE, None)
    assert (await facts.one(Round, row.id)).state is RoundState.PLANNED


async def test_two_processes_make_one_plan(
    desk: Desk, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    row, card = await announced(club)
    await due(club, row)
    both = [Clockwork(replace(desk, me=me), patience=0) for me in ("one", "two")]
    for _ in range(3):
        await asyncio.gather(*(each.wake() for each in both))
    assert gateway.listings == 1
    assert (await facts.one(Round, row.id)).run == 1
    assert len(gateway.of_job(card.id)) == 1
    shown = gateway.of_job(card.id)[0]
    replies = [said.thread_ts for said in gateway.said if said.job != card.id]
    assert set(replies) <= {shown.ts}


async def test_a_plan_that_cannot_be_made_is_in_its_leads_hands(
    clockwork: Clockwork,
    desk: Desk,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, card = await announced(club)
    await clockwork.wake()
    run = await due(club, row)
    async with facts.db.work() as work:
        (await work.session.get_one(Job, run.id)).attempts = MAX_ATTEMPTS - 1
        await work.commit()
    with monkeypatch.context() as broken:
        broken.setattr(running, "gather", None)
        await clockwork.wake()
    assert (await outcome(facts, run))[0] is JobState.DEAD
    assert (await facts.one(Round, row.id)).state is RoundState.RUNNING
    assert (await reviewing.review(desk.ctx, round_id=row.id)).is_stuck
    (news,) = [job for job in await facts.all(Job) if job.note == "unplanned"]
    assert gateway.of_job(news.id)[0].versions == ["lead_news note=unplanned"]
    assert gateway.of_job(card.id)[0].versions[-1] == "round_review"

    lead = (await facts.all(Lead))[0].person_id
    await running.rerun(desk.ctx, actor_id=lead, round_id=row.id)
    assert not (await reviewing.review(desk.ctx, round_id=row.id)).is_stuck
    await clockwork.wake()
    assert (await facts.one(Round, row.id)).state is RoundState.PLANNED
