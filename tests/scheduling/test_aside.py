"""What takes long runs beside everything else, and keeps its lease."""

import asyncio
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.scheduling import aside
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.desk import Desk
from bot.services.rounds import running
from bot.slack.gateway import Posted
from bot.store import claims
from bot.store.tables import Job
from tests.scheduling.clubs import Club, outcome
from tests.scheduling.rounds import announced, due
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway


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
        if facts["until"] > clock.wall():  # not the one that was under way as the time passed
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


async def test_stopping_breaks_off_what_takes_too_long(
    clockwork: Clockwork, facts: Facts, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits minutes for an update; the plan is made by whoever comes next."""
    row, _ = await announced(club)
    begun = asyncio.Event()

    async def run(_ctx: Any, **_: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(running, "run", run)
    job = await due(club, row)
    await clockwork.tick()
    await asyncio.wait_for(begun.wait(), 10)
    await clockwork.stop(within=0)
    left = await facts.one(Job, job.id)
    assert (left.state, left.leased_by, left.attempts) == (JobState.PENDING, None, 0)


async def test_a_file_that_was_on_its_way_when_it_was_broken_off_is_looked_for(
    desk: Desk, facts: Facts, gateway: RecordingGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, upload = asyncio.Event(), RecordingGateway.upload

    async def and_hangs(self: RecordingGateway, *what: Any, **how: Any) -> Posted:
        posted = await upload(self, *what, **how)
        if not arrived.is_set():
            arrived.set()
            await asyncio.Event().wait()
        return posted

    monkeypatch.setattr(RecordingGateway, "upload", and_hangs)
    ada = await facts.person("Ada", dm_channel="DADA")
    job = await facts.job(JobKind.OWN_FILE, recipient=ada)
    ending = Clockwork(desk, patience=0)
    await ending.tick()
    await asyncio.wait_for(arrived.wait(), 10)
    await ending.stop(within=0.01)
    assert (await facts.one(Job, job.id)).leased_by is None
    await Clockwork(desk, patience=0).wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert len(gateway.of_job(job.id)) == 1
