"""Taking due jobs, on both engines: once each, in order, under a lease in wall time."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.store import claims
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.tables import Job
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=2)


async def take(db: Database, clock: HandClock, me: str = "one", limit: int = 100) -> list[Job]:
    return await claims.claim(
        db, me=me, now=clock.now(), wall=clock.wall(), lease_for=LEASE, limit=limit
    )


async def test_takes_what_is_due_the_longest_due_first(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    later = await facts.job(JobKind.PLAIN_ANSWER)
    sooner = await facts.job(JobKind.PLAIN_ANSWER, due_at=MONDAY - HOUR)
    await facts.job(JobKind.PLAIN_ANSWER, due_at=MONDAY + timedelta(seconds=1))
    await facts.job(JobKind.PLAIN_ANSWER, state=JobState.DONE)
    await facts.job(JobKind.PLAIN_ANSWER, state=JobState.SKIPPED)

    assert [job.id for job in await take(database, clock)] == [sooner.id, later.id]
    assert await take(database, clock, me="two") == []


async def test_takes_no_more_than_asked_for(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    for _ in range(5):
        await facts.job(JobKind.PLAIN_ANSWER)
    assert [len(await take(database, clock, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_many_claimers_at_once_never_share_a_job(
    database: Database, database_url: str, keyring: Keyring, clock: HandClock, facts: Facts
) -> None:
    jobs = 60
    for _ in range(jobs):
        await facts.job(JobKind.PLAIN_ANSWER)
    processes = [Database.open(database_url, keyring, alone=False) for _ in range(6)]

    async def claimer(number: int) -> list[int]:
        mine: list[int] = []
        while taken := await take(processes[number], clock, me=f"p{number}", limit=3):
            mine += [job.id for job in taken]
        return mine

    try:
        taken = await asyncio.gather(*(claimer(number) for number in range(6)))
    finally:
        for process in processes:
            await process.close()
    times = Counter(job for mine in taken for job in mine)
    assert len(times) == jobs
    assert set(times.values()) == {1}


async def test_a_lease_that_ran_out_is_taken_over_and_its_owner_told(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    await facts.job(JobKind.PLAIN_ANSWER)
    (mine,) = await take(database, clock)
    clock.let_pass(LEASE - timedelta(seconds=30))
    assert await take(database, clock, me="two") == []
    clock.let_pass(timedelta(seconds=31))
    (theirs,) = await take(database, clock, me="two")

    assert (theirs.id, theirs.attempts) == (mine.id, 2)
    assert not await claims.record_done(database, job=mine, me="one")
    assert not await claims.renew(database, job=mine, me="one", until=clock.wall() + LEASE)
    assert await claims.record_done(database, job=theirs, me="two")
    assert (await facts.one(Job, mine.id)).state is JobState.DONE


async def test_moving_the_clock_does_not_end_a_lease(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    await facts.job(JobKind.PLAIN_ANSWER)
    await take(database, clock)
    await clock.advance(timedelta(days=7))
    assert await take(database, clock, me="two") == []


async def test_what_failed_waits_in_wall_time_and_stays_as_late_as_it_is(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    planned = await facts.job(JobKind.PLAIN_ANSWER)
    (job,) = await take(database, clock)
    again = clock.wall() + timedelta(seconds=30)
    assert await claims.record_failed(database, job=job, me="one", retry_at=again, reason="x")

    assert await take(database, clock) == []
    held = await claims.next_hold(database, clock.now(), clock.wall())
    assert held is not None
    assert abs(held - again) < timedelta(milliseconds=1)
    clock.let_pass(timedelta(seconds=31))
    (job,) = await take(database, clock)
    assert (job.due_at, job.attempts, job.reason) == (planned.due_at, 2, "x")


async def test_moving_counts_no_attempt(database: Database, clock: HandClock, facts: Facts) -> None:
    await facts.job(JobKind.PLAIN_ANSWER)
    (job,) = await take(database, clock)
    await claims.record_moved(database, job=job, me="one", to=MONDAY + HOUR, reason="moved")
    assert await claims.next_due(database, clock.now()) == (MONDAY + HOUR, JobKind.PLAIN_ANSWER)
    await clock.advance(HOUR)
    (job,) = await take(database, clock)
    assert (job.due_at, job.attempts) == (MONDAY + HOUR, 1)
    assert await claims.release(database, job=job, me="one")
    (job,) = await take(database, clock)
    assert job.attempts == 1


@pytest.mark.parametrize("change", ["touched", "cancelled"])
async def test_what_changed_on_its_way_is_said_again(
    database: Database, clock: HandClock, facts: Facts, change: str
) -> None:
    planned = await facts.job(JobKind.PLAIN_ANSWER)
    (job,) = await take(database, clock)
    async with database.work() as work:
        if change == "touched":
            await work.touch(Job.id == planned.id, now=clock.now())
        else:
            await work.cancel_unsaid(Job.id == planned.id, reason="over")
        await work.commit()
    assert await claims.record_said(
        database, job=job, me="one", channel="D1", ts="1.1", now=clock.now()
    )
    (again,) = await take(database, clock)
    assert (again.slack_ts, again.said_revision, again.revision) == ("1.1", 1, 2)
    await claims.record_said(
        database, job=again, me="one", channel="D1", ts="1.1", now=clock.now() + HOUR
    )
    row = await facts.one(Job, planned.id)
    assert (row.state, row.said_revision, row.attempts) == (JobState.DONE, 2, 0)
    assert row.said_at == MONDAY  # an update does not count as said once more


async def test_what_is_unsaid_and_moved_is_not_called_early_by_a_touch(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    planned = await facts.job(JobKind.OFFER_REMINDER)
    (job,) = await take(database, clock)
    await claims.record_moved(database, job=job, me="one", to=MONDAY + HOUR, reason="moved")
    async with database.work() as work:
        await work.touch(Job.id == planned.id, now=clock.now())
        await work.commit()
    row = await facts.one(Job, planned.id)
    assert (row.due_at, row.revision) == (MONDAY + HOUR, 1)


async def test_a_touch_keeps_the_attempts_of_what_may_have_arrived(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    planned = await facts.job(JobKind.OFFER)
    (job,) = await take(database, clock)
    again = clock.wall() + timedelta(seconds=30)
    await claims.record_failed(database, job=job, me="one", retry_at=again, reason="timeout")
    async with database.work() as work:
        await work.touch(Job.id == planned.id, now=clock.now())
        await work.commit()
    row = await facts.one(Job, planned.id)
    assert (row.attempts, row.revision, row.leased_by) == (1, 2, None)


async def test_counting_what_a_person_was_told_today(database: Database, facts: Facts) -> None:
    ada, grace = await facts.person("Ada"), await facts.person("Grace")
    kinds = {JobKind.REMINDER_DAY, JobKind.REMINDER_SOON}
    for recipient, kind, said_at in (
        (ada, JobKind.REMINDER_DAY, MONDAY),
        (ada, JobKind.REMINDER_SOON, MONDAY + HOUR),
        (ada, JobKind.REMINDER_SOON, MONDAY - timedelta(days=1)),
        (ada, JobKind.OFFER, MONDAY),
        (grace, JobKind.REMINDER_DAY, MONDAY),
    ):
        await facts.job(kind, recipient=recipient, said_at=said_at, state=JobState.DONE)
    await facts.job(JobKind.REMINDER_SOON, recipient=ada, due_at=MONDAY + HOUR)
    await facts.job(JobKind.REMINDER_SOON, recipient=ada, due_at=MONDAY + timedelta(days=1))
    day = (MONDAY - 2 * HOUR, MONDAY + 8 * HOUR)

    assert await claims.said_today(database, ada.id, *day, kinds) == 2
    assert await claims.timely_ahead(database, ada.id, *day, {JobKind.REMINDER_SOON}) == 1


async def test_the_claim_uses_the_index_of_waiting_jobs(database: Database, facts: Facts) -> None:
    """The state must stand in the SQL itself, or neither planner may use the partial index."""
    seen: list[str] = []
    from sqlalchemy import event

    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _cur, sql, *_rest: seen.append(sql),
    )
    await claims.claim(database, me="one", now=MONDAY, wall=MONDAY, lease_for=LEASE, limit=7)
    (sql,) = [each for each in seen if each.startswith("WITH")]
    assert "job.state = 'pending'" in sql
    assert "LIMIT 7" in sql.replace("\n", " ")
    assert ("FOR UPDATE OF job SKIP LOCKED" in sql) is (database.dialect == "postgresql")
