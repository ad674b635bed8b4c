"""A round's hour: everyone is looked up, the plan is made aside, the card shows how far it is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Approval
from bot.domain.states import JobState, RoundState
from bot.matching.results import Progress
from bot.scheduling import aside, progress
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.services import running
from bot.slack.errors import Permanent, SlackError, Transient
from bot.slack.message import Message
from bot.store import claims
from bot.store.tables import Job, Person, Round, RoundPair, Session
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords

RETRY = timedelta(hours=2)  # beyond any back-off


class Telling(PlainWords):
    """Says how far a plan is too, and how many introductions were refused."""

    def message(self, name: str, /, **facts: Any) -> Message:
        said = super().message(name, **facts)
        shown = said.text
        if facts.get("progress") is not None:
            shown += f" {facts['progress']} %"
        if name == "round_review" and facts["review"].unsent:
            shown += f" unsent={facts['review'].unsent}"
        return Message(shown, said.blocks)


@pytest.fixture
def words() -> PlainWords:
    return Telling()


@pytest.fixture
async def club(facts: Facts, gateway: RecordingGateway) -> Club:
    """A lead, a mentor and a mentee, all known to Slack."""
    club = await a_club(facts, await facts.person("Ada"), approval=Approval.LEAD)
    await club.join(await facts.person("Grace"), Role.MENTOR)
    await club.join(await facts.person("Bo"), Role.MENTEE)
    for person in await facts.all(Person):
        gateway.people[person.slack_id] = {"name": person.name}
    return club


async def announced(club: Club) -> tuple[Round, Job]:
    """A round whose hour has come, with its card in Slack."""
    row = await club.round(RoundState.ANNOUNCED, run=0)
    card = await club.job(
        JobKind.ROUND_REVIEW, round_id=row.id, dedupe_key=f"round:{row.id}:review"
    )
    return row, card


async def due(club: Club, row: Round) -> Job:
    return await club.job(JobKind.ROUND_RUN, round_id=row.id)


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
    assert shown[-1] == "round_review 0 %"  # said as it stands: this run wrote no plan


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


async def test_nobodys_answer_waits_for_a_plan(
    desk: Desk,
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, _ = await announced(club)
    done = asyncio.Event()

    async def run(_ctx: Any, **_: Any) -> None:
        await done.wait()

    monkeypatch.setattr(running, "run", run)
    await due(club, row)
    await clockwork.tick()
    await facts.job(JobKind.PAUSE_CARD, recipient=await facts.person("Cy"))
    await clockwork.tick()
    assert gateway.texts()[-1] == "pause_card"
    done.set()
    await clockwork.wake()


async def test_its_lease_is_kept_for_as_long_as_it_takes(
    desk: Desk,
    clockwork: Clockwork,
    facts: Facts,
    club: Club,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, _ = await announced(club)
    renewed, done = asyncio.Event(), asyncio.Event()
    renew = claims.renew

    async def renewing(*args: Any, **facts: Any) -> bool:
        ours = await renew(*args, **facts)
        renewed.set()
        return ours

    async def run(_ctx: Any, **_: Any) -> None:
        await done.wait()

    monkeypatch.setattr(claims, "renew", renewing)
    monkeypatch.setattr(aside, "RENEW_EVERY", 0.01)
    monkeypatch.setattr(running, "run", run)
    job = await due(club, row)
    await clockwork.tick()
    clock.let_pass(LEASE_FOR)
    renewed.clear()
    await asyncio.wait_for(renewed.wait(), 10)
    other = await claims.claim(
        facts.db, me="two", now=clock.now(), wall=clock.wall(), lease_for=LEASE_FOR, limit=9
    )
    assert job.id not in {each.id for each in other}
    done.set()
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DONE


async def test_stopping_waits_for_the_plan_under_way(
    clockwork: Clockwork, facts: Facts, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, _ = await announced(club)
    done = asyncio.Event()

    async def run(_ctx: Any, **_: Any) -> None:
        await done.wait()

    monkeypatch.setattr(running, "run", run)
    job = await due(club, row)
    await clockwork.tick()
    stopping = asyncio.create_task(clockwork.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    done.set()
    await stopping
    assert (await outcome(facts, job))[0] is JobState.DONE


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


class TestUnsent:
    """Slack refuses introductions of a round for good."""

    async def introductions(self, club: Club, row: Round, number: int) -> list[Job]:
        facts, jobs = club.facts, []
        for n in range(number):
            mentor, mentee = await facts.person(f"M{n}"), await facts.person(f"E{n}")
            session = await club.match(row, mentor, mentee)
            jobs.append(
                await facts.job(
                    JobKind.INTRODUCTION, session_id=session.id, programme_id=club.programme.id
                )
            )
        return jobs

    async def test_the_leads_hear_of_it_once_and_the_card_says_how_many(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
    ) -> None:
        row = await club.round(RoundState.OPENED)
        card = await club.job(JobKind.ROUND_REVIEW, round_id=row.id)
        await clockwork.wake()
        jobs = await self.introductions(club, row, 10)
        people = {person.id: person.slack_id for person in await facts.all(Person)}
        refused = jobs[::2]
        for job in refused:
            pair = await facts.one(Session, job.session_id or 0)
            ids = sorted((people[pair.mentor_id], people[pair.mentee_id]))
            gateway.closed["G" + "".join(ids)] = "msg_too_long"
        await clockwork.wake()

        states = [(await outcome(facts, job))[0] for job in jobs]
        assert states == [JobState.DEAD, JobState.DONE] * 5
        news = [said.text for said in gateway.said if said.text.startswith("lead_news")]
        assert news == ["lead_news note=unsent"]
        assert gateway.of_job(card.id)[0].versions[-1] == "round_review unsent=5"

    async def test_one_that_somebody_asked_for_is_in_the_log_alone(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
    ) -> None:
        session = await facts.session(await facts.mentor(), await facts.person("Ada"))
        job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
        gateway.fail("post", Permanent("msg_too_long"))
        await clockwork.wake()
        assert (await outcome(facts, job))[0] is JobState.DEAD
        assert [each.kind for each in await facts.all(Job)] == [JobKind.INTRODUCTION]


async def test_stopping_gives_back_what_still_waits_for_its_place(
    clockwork: Clockwork, facts: Facts, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def run(_ctx: Any, **_: Any) -> None:
        begun.set()
        await done.wait()

    monkeypatch.setattr(running, "run", run)
    jobs = [await due(club, await club.round(RoundState.ANNOUNCED, run=0)) for _ in range(5)]
    await clockwork.tick()
    await asyncio.wait_for(begun.wait(), 10)
    stopping = asyncio.create_task(clockwork.stop())
    await asyncio.sleep(0)
    done.set()
    await stopping
    states = [(await outcome(facts, job))[0] for job in jobs]
    assert states == [JobState.DONE] * aside.AT_ONCE + [JobState.PENDING] * 3
    assert {job.leased_by for job in await facts.all(Job)} == {None}


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
