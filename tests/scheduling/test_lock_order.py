"""Two transactions that change the same jobs wait for one another in one order, and both go on."""

import asyncio

import pytest
from sqlalchemy import text
from sqlmodel import col

from bot.domain.job_kinds import JobKind
from bot.store.engine import Database
from bot.store.tables import Job
from tests.support.clock import MONDAY
from tests.support.facts import Facts

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.mark.parametrize("verb", ["touch", "cancel"])
async def test_jobs_are_locked_in_the_order_of_their_ids(
    database: Database, facts: Facts, verb: str
) -> None:
    """The first one lies behind the second in table and index: a plain scan comes to it last."""
    person = await facts.person()
    first, second = [
        await facts.job(
            JobKind.PLAIN_ANSWER,
            recipient=person,
            note="hello",
            slack_ts="1.0" if verb == "touch" else None,
        )
        for _ in range(2)
    ]
    async with database.work() as work:
        for moment, job in enumerate((second, first)):
            moved = f"UPDATE job SET said_at = '2026-11-2{moment} 10:00:00' WHERE id = {job.id}"
            await work.session.execute(text(moved))
        await work.commit()

    async def change() -> None:
        async with database.work() as work:
            where = col(Job.recipient_id) == person.id
            if verb == "touch":
                await work.touch(where, now=MONDAY)
            else:
                await work.cancel_unsaid(where, reason="over")
            await work.commit()

    async with database.work() as mine:
        await mine.lock(Job, first.id)
        other = asyncio.create_task(change())
        if database.dialect == "postgresql":
            async with asyncio.timeout(20):
                while not (await mine.session.execute(WAITING)).scalar_one():  # noqa: ASYNC110
                    await asyncio.sleep(0)  # the database has no event to await
        await mine.lock(Job, second.id)
        await mine.commit()
    await other
    assert {job.revision for job in await facts.all(Job)} == {2}
