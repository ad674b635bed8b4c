"""The clockwork itself: woken early, never stopped by an error, stopped without losing anything."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState
from bot.meter import Unmeasured, Where
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.scheduling.sweep import SWEEP_EVERY
from bot.services.context import Context
from bot.services.jobs import job
from bot.slack.errors import Transient
from bot.store import claims
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.tables import Job, Offer, Person, Receipt
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

HOUR = timedelta(hours=1)
NEVER = 3600.0  # seconds between ticks, for tests in which only a ring may wake it


class Counting:
    """Lets a test wait until so many calls to Slack were made."""

    def __init__(self, gateway: RecordingGateway, calls: int) -> None:
        self._left, self._reached = calls, asyncio.Event()
        gateway.meanwhile = self._count

    async def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._reached.set()

    async def wait(self) -> None:
        await asyncio.wait_for(self._reached.wait(), 20)


@pytest.fixture
async def started(desk: Desk) -> AsyncIterator[Clockwork]:
    """A clockwork that has ticked once, and ticks again only when it is rung."""
    clockwork = Clockwork(desk, tick_every=NEVER)
    clockwork.start()
    async with asyncio.timeout(10):
        while clockwork.last_tick_at is None:  # noqa: ASYNC110 - the loop itself is awaited
            await asyncio.sleep(0)
    yield clockwork
    await clockwork.stop()


async def plan(facts: Facts, person: Person, *keys: str) -> None:
    """What a service does: plan, commit; the bell is rung by the unit of work."""
    async with facts.db.work() as work:
        await work.plan(
            *(
                job(
                    JobKind.PLAIN_ANSWER,
                    key,
                    now=facts.now,
                    workspace_id=person.workspace_id,
                    recipient_id=person.id,
                    note=key,
                )
                for key in keys
            )
        )
        await work.commit()


def notes(gateway: RecordingGateway) -> list[str]:
    return [text.split("note=")[1].split()[0] for text in gateway.texts()]


async def test_a_commit_that_plans_something_is_said_at_once(
    started: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    said = Counting(gateway, 1)
    await plan(facts, await facts.person(), "hello")
    await said.wait()
    assert notes(gateway) == ["hello"]


async def test_no_ring_is_lost_however_they_fall(
    started: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    """Many plan at the same time, while ticks are at work; nothing waits for the next interval."""
    people = [await facts.person(str(number)) for number in range(4)]
    said = Counting(gateway, 40)

    async def planner(number: int) -> None:
        for count in range(10):
            await plan(facts, people[number], f"{number}-{count}")

    await asyncio.gather(*(planner(number) for number in range(4)))
    await said.wait()
    await started.stop()
    assert Counter(notes(gateway)) == Counter(f"{n}-{c}" for n in range(4) for c in range(10))
    for number in range(4):
        mine = [note for note in notes(gateway) if note.startswith(f"{number}-")]
        assert mine == [f"{number}-{count}" for count in range(10)]


async def test_each_recipients_messages_keep_their_order(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    people = [await facts.person(str(number)) for number in range(3)]
    for count in range(12):
        await plan(facts, people[count % 3], f"{count:02}")
    await clockwork.wake()
    for number in range(3):
        mine = [note for note in notes(gateway) if int(note) % 3 == number]
        assert mine == sorted(mine)
    assert len(gateway.said) == 12


async def test_several_processes_say_everything_once(
    database_url: str, keyring: Keyring, context: Context, facts: Facts, desk: Desk
) -> None:
    people = [await facts.person(str(number)) for number in range(5)]
    for count in range(40):
        await plan(facts, people[count % 5], f"{count:02}")
    others = [Database.open(database_url, keyring, alone=False) for _ in range(3)]
    gateway = RecordingGateway()
    clockworks = []
    for number, db in enumerate(others):
        ctx = Context(db=db, clock=context.clock, library=context.library, chance=Random(number))
        clockworks.append(Clockwork(Desk(ctx, gateway, desk.templates, f"p{number}"), patience=0))
    try:
        # SQLite has one writer: whoever finds it locked comes again.
        for _ in range(3):
            await asyncio.gather(*(each.wake() for each in clockworks))
    finally:
        for db in others:
            await db.close()
    assert sorted(notes(gateway)) == [f"{count:02}" for count in range(40)]
    assert {row.state for row in await facts.all(Job)} == {JobState.DONE}


async def test_a_tick_that_raises_does_not_stop_the_clock(
    desk: Desk, facts: Facts, gateway: RecordingGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refusals = claims.claim, [True] * 3

    async def locked(*args: Any, **kwargs: Any) -> list[Job]:
        if refusals:
            refusals.pop()
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return await real(*args, **kwargs)

    monkeypatch.setattr(claims, "claim", locked)
    said = Counting(gateway, 1)
    await plan(facts, await facts.person(), "hello")
    clockwork = Clockwork(desk, tick_every=0.01)
    await clockwork.tick()
    ticked_at = clockwork.last_tick_at
    assert ticked_at is None  # not ready: nothing has worked yet
    clockwork.start()
    await said.wait()
    await clockwork.stop()
    assert clockwork.last_tick_at is not None
    assert notes(gateway) == ["hello"]


async def test_stopping_waits_for_what_is_in_flight_and_gives_the_rest_back(
    desk: Desk, facts: Facts, gateway: RecordingGateway
) -> None:
    ada = await facts.person()
    await plan(facts, ada, "first", "second")
    sending, answered = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        sending.set()
        await answered.wait()

    gateway.meanwhile = slow
    clockwork = Clockwork(desk, tick_every=NEVER)
    clockwork.start()
    await asyncio.wait_for(sending.wait(), 10)
    stopping = asyncio.create_task(clockwork.stop())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not stopping.done()
    answered.set()
    await asyncio.wait_for(stopping, 10)

    first, second = await facts.all(Job)
    assert (first.state, first.leased_by) == (JobState.DONE, None)
    assert (second.state, second.leased_by, second.attempts) == (JobState.PENDING, None, 0)
    await plan(facts, ada, "third")  # the bell hangs no more, and nothing is claimed
    await clockwork.wake()
    await clockwork.stop()
    assert notes(gateway) == ["first"]


async def test_stopping_what_never_started_is_no_error(clockwork: Clockwork) -> None:
    clockwork.ring()
    await clockwork.stop()


async def test_one_wake_does_what_a_chore_brings_about(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    """The offer expires, the next mentor is asked, the mentee hears of it, all in one moment."""
    ada, grace = await facts.person("Ada"), await facts.mentor("Grace")
    await facts.mentor("Edith", zone="UTC")
    request = await facts.request(ada)
    offer = await facts.offer(request, grace)
    await facts.job(JobKind.OFFER_EXPIRY, offer_id=offer.id, request_id=request.id)
    await clockwork.wake()

    assert (await facts.one(Offer, offer.id)).state is OfferState.EXPIRED
    assert sorted(gateway.texts()) == [
        "offer state=pending",
        "request_news note=moved_on state=routing",
    ]


async def test_the_next_alarm_is_the_next_job(clockwork: Clockwork, facts: Facts) -> None:
    assert await clockwork.next_alarm(MONDAY) is None
    await facts.job(JobKind.REMINDER_DAY, due_at=MONDAY)
    await facts.job(JobKind.REMINDER_SOON, due_at=MONDAY + HOUR)
    alarm = await clockwork.next_alarm(MONDAY)
    assert alarm is not None
    assert (alarm.at, alarm.what) == (MONDAY + HOUR, "ten minutes to go")


async def test_a_moved_clock_waits_for_a_retry_that_comes_shortly(
    desk: Desk,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def pass_by(seconds: float) -> None:
        clock.let_pass(timedelta(seconds=seconds))

    monkeypatch.setattr("bot.scheduling.clockwork.sleep", pass_by)
    clock.attach(Clockwork(desk))
    ada = await facts.person()
    await plan(facts, ada, "hello")
    gateway.fail("post", Transient("service_unavailable"))
    await clock.advance(timedelta(days=7))
    (row,) = await facts.all(Job)
    assert row.said_at == MONDAY


async def test_old_receipts_are_swept_and_young_ones_kept(
    clockwork: Clockwork, facts: Facts, clock: HandClock
) -> None:
    async with facts.db.work() as work:
        await work.once("old", MONDAY - timedelta(days=8))
        await work.once("young", MONDAY)
        await work.commit()
    clock.attach(clockwork)
    await clock.advance(SWEEP_EVERY)
    async with facts.db.read() as session:
        assert await session.get(Receipt, "old") is None
        assert await session.get(Receipt, "young") is not None


async def test_a_sweep_that_fails_is_tried_again(
    clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("DELETE", {}, Exception("database is locked"))

    monkeypatch.setattr("bot.scheduling.sweep.clear", locked)
    await clockwork.sweep()


class Faults(Unmeasured):
    def __init__(self) -> None:
        self.where: list[Where] = []

    def faulted(self, where: Where) -> None:
        self.where.append(where)


@pytest.mark.parametrize(
    ("error", "faults"),
    [(OperationalError("SELECT", {}, Exception("gone")), []), (ValueError(), ["sweep"])],
)
async def test_one_part_of_a_sweep_that_fails_keeps_no_other_from_being_done(
    desk: Desk,
    facts: Facts,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    faults: list[Where],
) -> None:
    async def fails(*_: Any) -> None:
        raise error

    monkeypatch.setattr("bot.scheduling.sweep.ensure_planned", fails)
    await facts.add(Receipt(key="old", received_at=MONDAY - timedelta(days=30)))
    meter = Faults()
    await Clockwork(replace(desk, meter=meter)).sweep()
    assert await _receipts(facts) == 0
    assert meter.where == faults


class StopsAtOnce(Unmeasured):
    """Asks the clockwork to stop as soon as it has cleared anything."""

    clockwork: Clockwork

    def swept(self, table: str, rows: int) -> None:
        self.clockwork.hold()


async def test_stopping_does_not_wait_for_years_of_old_rows(
    desk: Desk, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.clearing.BATCH", 1)
    for number in range(3):
        await facts.add(Receipt(key=f"r{number}", received_at=MONDAY - timedelta(days=30)))
    meter = StopsAtOnce()
    meter.clockwork = Clockwork(replace(desk, meter=meter))
    await meter.clockwork.sweep()
    assert await _receipts(facts) == 2
    await Clockwork(desk).sweep()  # whoever comes next
    assert await _receipts(facts) == 0


async def _receipts(facts: Facts) -> int:
    async with facts.db.read() as session:
        return len((await session.scalars(select(Receipt))).all())
