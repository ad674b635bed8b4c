"""A job that its process dies of: done alone, given up, and no bystander is lost with it."""

import asyncio
import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from sqlalchemy.exc import SAWarning

from bot.domain.backoff import MAX_ATTEMPTS
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.scheduling.suspects import SUSPECT_AFTER
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.store.tables import Job, Person, Workspace
from tests.scheduling.clubs import Club
from tests.scheduling.rounds import announced, due
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords

POISON = "deadly"


class Killed(BaseException):
    """The process is gone: nothing below may record anything."""


class DeadlyWords(PlainWords):
    """Whoever renders the deadly sentence dies. `rendered` counts how often somebody did."""

    def __init__(self) -> None:
        super().__init__()
        self.deaths = 0
        self.kills_once = False

    def message(self, name: str, /, **facts: Any) -> Message:
        if self.kills_once or facts.get("sentence") == f"<{POISON}>":
            self.kills_once = False
            self.deaths += 1
            raise Killed
        return super().message(name, **facts)


@pytest.fixture
def words() -> DeadlyWords:
    return DeadlyWords()


async def _live(desk: Desk) -> None:
    """One process, until it dies or has nothing to do."""
    with _its_connections_dropped(), suppress(Killed, BaseExceptionGroup):
        await Clockwork(desk, patience=0).tick()


@contextmanager
def _its_connections_dropped() -> Iterator[None]:
    """Whoever dies closes nothing: its connections go here, not in the middle of another test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


async def test_what_kills_is_given_up_and_spares_the_others(
    desk: Desk, words: DeadlyWords, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    notes = ["hello", POISON, *["hello"] * 10]
    planned = [
        await facts.job(JobKind.PLAIN_ANSWER, recipient=await facts.person(), note=note)
        for note in notes
    ]
    lives = 0
    while any(job.state is JobState.PENDING for job in await facts.all(Job)):
        await _live(desk)
        clock.let_pass(LEASE_FOR)
        lives += 1
        assert lives < 3 * MAX_ATTEMPTS, "it is tried for ever"
        if lives > SUSPECT_AFTER + 1:
            left = [job.note for job in await facts.all(Job) if job.state is JobState.PENDING]
            assert left in ([POISON], [])
    rows = {job.id: job for job in await facts.all(Job)}
    poison = rows[planned[1].id]
    assert (poison.state, (poison.reason or "").split()[0]) == (JobState.DEAD, "ProcessLost")
    assert words.deaths == MAX_ATTEMPTS
    for job in (planned[0], *planned[2:]):
        assert rows[job.id].state is JobState.DONE
        assert len(gateway.of_job(job.id)) == 1


async def test_leads_hear_of_a_round_that_kills(
    desk: Desk, clockwork: Clockwork, club: Club, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(_ctx: Context, **_: object) -> None:
        raise Killed

    row, _ = await announced(club)
    planned = await due(club, row)
    monkeypatch.setattr("bot.services.rounds.running.run", dies)
    for _ in range(MAX_ATTEMPTS + 1):
        await clockwork.wake()
        clock.let_pass(LEASE_FOR)
    jobs = await club.facts.all(Job)
    assert [job.state for job in jobs if job.id == planned.id] == [JobState.DEAD]
    assert [job.note for job in jobs if job.kind is JobKind.LEAD_NEWS] == ["unplanned"]


async def test_one_silence_after_a_long_trouble_of_slacks_is_no_reason_to_give_up(
    desk: Desk, words: DeadlyWords, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    job = await facts.job(
        JobKind.PLAIN_ANSWER,
        recipient=await facts.person(),
        note="hello",
        attempts=MAX_ATTEMPTS,
        reason="http_500",
    )
    words.kills_once = True
    for _ in range(2):
        await _live(desk)
        clock.let_pass(LEASE_FOR)
    assert (await facts.one(Job, job.id)).state is JobState.DONE
    assert (words.deaths, len(gateway.of_job(job.id))) == (1, 1)


async def test_nobody_waits_for_one_whose_failures_are_known(
    desk: Desk, facts: Facts, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack does not answer for one company: the messages of another go on."""
    slow, quick = await facts.person(dm_channel="DSLOW"), await _of_another_company(facts, clock)
    await facts.job(
        JobKind.PAUSE_CARD, recipient=slow, attempts=SUSPECT_AFTER + 2, reason="timeout"
    )
    hangs, goes_on, said = asyncio.Event(), asyncio.Event(), asyncio.Event()
    post = RecordingGateway.post

    async def slowly(self: RecordingGateway, channel: str, *what: Any, **how: Any) -> Posted:
        if channel == "DSLOW":
            hangs.set()
            await goes_on.wait()
        posted = await post(self, channel, *what, **how)
        if channel == "DQUICK":
            said.set()
        return posted

    monkeypatch.setattr(RecordingGateway, "post", slowly)
    clockwork = Clockwork(desk, patience=0)
    ticking = asyncio.create_task(clockwork.tick())
    await asyncio.wait_for(hangs.wait(), 10)
    async with facts.db.work() as work:
        await work.plan(job_to(quick, JobKind.PAUSE_CARD, "quick", now=facts.now))
        await work.commit()
    clockwork.ring()
    try:
        await asyncio.wait_for(said.wait(), 10)
    finally:
        goes_on.set()
        await ticking


async def _of_another_company(facts: Facts, clock: HandClock) -> Person:
    workspace = await facts.add(Workspace(slack_team_id="T0OTHER", created_at=facts.now))
    given: dict[str, Any] = {"slack_id": "UQUICK", "name": "Quick", "refreshed_at": clock.wall()}
    row: Person = await facts.add(Person(workspace_id=workspace.id, dm_channel="DQUICK", **given))
    return row
