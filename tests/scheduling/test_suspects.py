"""A job that its process dies of: done alone, given up, and no bystander is lost with it."""

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
from bot.slack.message import Message
from bot.store.tables import Job
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

    def message(self, name: str, /, **facts: Any) -> Message:
        if facts.get("sentence") == f"<{POISON}>":
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
