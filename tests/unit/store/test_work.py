"""The unit of work: all or nothing, once only, and the bell after the commit."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.jobs import job
from bot.store import claims
from bot.store.engine import Database
from bot.store.tables import Job, Person, Receipt, Workspace
from bot.store.work import AlreadyDone
from tests.support.clock import MONDAY
from tests.support.facts import Facts

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def facts(database: Database) -> Facts:
    return Facts(database)


@pytest.fixture
def bell(database: Database) -> list[int]:
    """How often the bell was rung: one entry each."""
    rung: list[int] = []
    database.bell = lambda: rung.append(1)
    return rung


async def note(facts: Facts, key: str = "a") -> Job:
    """A message that is not planned yet."""
    workspace = await facts.workspace()
    return job(JobKind.PLAIN_ANSWER, key, now=MONDAY, workspace_id=workspace.id)


async def test_without_a_commit_nothing_happened(
    database: Database, facts: Facts, bell: list[int]
) -> None:
    planned = await note(facts)
    async with database.work() as work:
        await work.once("modal:1", MONDAY)
        await work.add(Person(workspace_id=1, slack_id="U1", refreshed_at=MONDAY))
        await work.plan(planned)
    with pytest.raises(RuntimeError, match="on the way"):  # noqa: PT012
        async with database.work() as work:
            await work.once("modal:1", MONDAY)
            await work.plan(planned)
            raise RuntimeError("on the way")
    assert (await facts.all(Person), await facts.all(Job), bell) == ([], [], [])
    async with database.work() as work:
        await work.once("modal:1", MONDAY)  # not spent
        await work.commit()


async def test_the_bell_rings_after_a_commit_that_planned(
    database: Database, facts: Facts, bell: list[int]
) -> None:
    planned = await note(facts)
    async with database.work() as work:
        await work.add(Person(workspace_id=1, slack_id="U1", refreshed_at=MONDAY))
        await work.commit()
    async with database.work() as work:
        await work.plan()
        await work.commit()
    assert bell == []
    with pytest.raises(RuntimeError, match="afterwards"):  # noqa: PT012
        async with database.work() as work:
            await work.plan(planned)
            assert bell == []
            await work.commit()
            raise RuntimeError("afterwards")
    assert bell == [1]


async def test_a_receipt_is_spent_once(database: Database) -> None:
    async def spend(key: str | None) -> None:
        async with database.work() as work:
            await work.once(key, MONDAY)
            await work.commit()

    results = await asyncio.gather(*(spend("event:1") for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, AlreadyDone) for each in results) == 4
    for _ in range(2):
        await spend(None)
    async with database.read() as session:
        assert await session.get(Receipt, "event:1") is not None


async def test_a_key_is_planned_once(database: Database, facts: Facts) -> None:
    first, second, other = [await note(facts, key) for key in ("a", "a", "b")]
    second.note = "later"
    for rows in ((first, second), (second, other)):
        async with database.work() as work:
            await work.plan(*rows)
            await work.commit()
    assert [(row.dedupe_key, row.note) for row in await facts.all(Job)] == [
        ("a", None),
        ("b", None),
    ]


async def test_ensured_rows_are_there_once(database: Database, facts: Facts) -> None:
    async def ensure() -> None:
        async with database.work() as work:
            await work.ensure(Workspace(slack_team_id="T1", created_at=MONDAY))
            await work.commit()

    await asyncio.gather(*(ensure() for _ in range(4)))
    assert len(await facts.all(Workspace)) == 1


async def test_a_locked_row_is_as_it_is_now(database: Database, facts: Facts) -> None:
    person = await facts.person("Ada")

    async def rename(name: str) -> str:
        async with database.work() as work:
            row = await work.lock(Person, person.id)
            assert row is not None
            before, row.name = row.name, name
            await work.commit()
            return before

    seen = await asyncio.gather(rename("B"), rename("C"), rename("D"))
    assert len(set(seen)) == 3  # each saw what the one before had written
    async with database.work() as work:
        assert await work.lock(Person, 99) is None


async def claimed(database: Database) -> Job:
    """Whoever says it has taken it."""
    (taken,) = await claims.claim(
        database, me="one", now=MONDAY, wall=MONDAY, lease_for=A_MINUTE, limit=9
    )
    return taken


async def change(database: Database, verb: str, row: Job) -> None:
    async with database.work() as work:
        if verb == "touch":
            await work.touch(Job.id == row.id, now=MONDAY + A_MINUTE)
        else:
            await work.cancel_unsaid(Job.id == row.id, reason="settled")
        await work.commit()


async def test_unsaid_it_is_skipped_and_not_touched(database: Database, facts: Facts) -> None:
    row = await facts.job(JobKind.OFFER)
    await change(database, "touch", row)
    assert (await facts.one(Job, row.id)).revision == 1
    await change(database, "cancel", row)
    after = await facts.one(Job, row.id)
    assert (after.state, after.reason) == (JobState.SKIPPED, "settled")


async def test_said_it_is_touched_and_not_skipped(database: Database, facts: Facts) -> None:
    said: dict[str, Any] = {
        "state": JobState.DONE,
        "said_revision": 1,
        "slack_channel": "D1",
        "slack_ts": "1.1",
        "expires_at": MONDAY,
    }
    row = await facts.job(JobKind.OFFER, **said)
    await change(database, "cancel", row)
    assert (await facts.one(Job, row.id)).state is JobState.DONE
    await change(database, "touch", row)
    after = await facts.one(Job, row.id)
    assert (after.state, after.revision, after.due_at) == (
        JobState.PENDING,
        2,
        MONDAY + A_MINUTE,
    )
    assert after.expires_at == MONDAY  # still known, for whoever wants to put it off
    await change(database, "cancel", row)  # what stands in Slack is put right, whatever happens
    assert (await facts.one(Job, row.id)).state is JobState.PENDING


@pytest.mark.parametrize("verb", ["touch", "cancel"])
async def test_on_its_way_it_is_said_again_as_things_are(
    database: Database, facts: Facts, verb: str
) -> None:
    row = await facts.job(JobKind.OFFER)
    taken = await claimed(database)
    await change(database, verb, row)
    assert await claims.record_said(
        database, job=taken, me="one", channel="D1", ts="1.1", now=MONDAY
    )
    after = await facts.one(Job, row.id)
    assert (after.state, after.slack_ts) == (JobState.PENDING, "1.1")
    assert after.said_revision < after.revision
