"""Every kind of a series' jobs, said with the real words: for the first time, and again."""

from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RelationshipState
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import Job, Person, Relationship, TaskDone
from tests.scheduling.strict import HOSTILE
from tests.support.clock import MONDAY
from tests.support.facts import Facts

BUILD = ("aim", "strengths", "mirror", "map", "gaps")
OF_SERIES = {JobKind.SERIES: None, JobKind.SERIES_STAGE: "build", JobKind.TASK_DUE: "map"}
"""The kinds, with the stage or the task that each is about."""


async def a_pair(facts: Facts, done: tuple[str, ...] = (), **columns: Any) -> Relationship:
    """Two people with hostile names and notes, so many tasks into the series that ships."""
    mentor, mentee = [await facts.person(HOSTILE[:70]) for _ in range(2)]
    programme = await facts.programme()
    given: dict[str, Any] = {
        "state": RelationshipState.ACTIVE,
        "series": "build_discover_connect",
        "series_on": MONDAY.date(),
        "began_at": MONDAY,
        **columns,
    }
    row: Relationship = await facts.add(
        Relationship(programme_id=programme.id, mentor_id=mentor.id, mentee_id=mentee.id, **given)
    )
    for task in done:
        kept: dict[str, Any] = {
            "task": task,
            "title": task,
            "note": HOSTILE[:1000],
            "is_shared": True,
        }
        await facts.add(TaskDone(relationship_id=row.id, done_at=MONDAY, **kept))
    return row


async def jobs_for(facts: Facts, row: Relationship, **columns: Any) -> list[Job]:
    """One job of each kind to each of the two."""
    made = []
    for who in (row.mentor_id, row.mentee_id):
        person = await facts.one(Person, who)
        for kind, note in OF_SERIES.items():
            said: dict[str, Any] = (
                {"slack_ts": f"{who}.{kind}"} if "slack_channel" in columns else {}
            )
            given: dict[str, Any] = {"relationship_id": row.id, "note": note, **said, **columns}
            made.append(await facts.job(kind, recipient=person, **given))
    return made


async def outcomes(facts: Facts, jobs: list[Job]) -> dict[JobKind, tuple[JobState, str | None]]:
    rows = [await facts.one(Job, job.id) for job in jobs]
    return {row.kind: (row.state, row.reason) for row in rows}


async def test_every_kind_is_said_for_the_first_time(clockwork: Clockwork, facts: Facts) -> None:
    done = tuple(key for key in BUILD if key != "map")
    jobs = await jobs_for(facts, await a_pair(facts, done))
    await clockwork.wake()
    found = await outcomes(facts, jobs)
    assert found[JobKind.SERIES] == found[JobKind.TASK_DUE] == (JobState.DONE, None)
    assert found[JobKind.SERIES_STAGE] == (JobState.SKIPPED, "unticked")


async def test_a_stage_that_is_done_is_told_and_its_tasks_are_not(
    clockwork: Clockwork, facts: Facts
) -> None:
    jobs = await jobs_for(facts, await a_pair(facts, BUILD))
    await clockwork.wake()
    found = await outcomes(facts, jobs)
    assert found[JobKind.SERIES_STAGE] == (JobState.DONE, None)
    assert found[JobKind.TASK_DUE] == (JobState.SKIPPED, "settled")


@pytest.mark.parametrize("state", [RelationshipState.ENDED, RelationshipState.DROPPED])
async def test_nothing_is_said_after_the_end(
    clockwork: Clockwork, facts: Facts, state: RelationshipState
) -> None:
    jobs = await jobs_for(facts, await a_pair(facts, BUILD, state=state))
    await clockwork.wake()
    assert set((await outcomes(facts, jobs)).values()) == {(JobState.SKIPPED, "over")}


@pytest.mark.parametrize("done", [(), BUILD[:3], BUILD])
@pytest.mark.parametrize("state", list(RelationshipState))
async def test_what_stands_there_is_kept_true(
    clockwork: Clockwork, facts: Facts, state: RelationshipState, done: tuple[str, ...]
) -> None:
    jobs = await jobs_for(facts, await a_pair(facts, done, state=state), slack_channel="D1")
    await clockwork.wake()
    assert set((await outcomes(facts, jobs)).values()) == {(JobState.DONE, None)}


async def test_a_task_or_a_series_that_is_gone_is_not_spoken_of(
    clockwork: Clockwork, facts: Facts
) -> None:
    jobs = await jobs_for(facts, await a_pair(facts, series="a_series_of_long_ago"))
    await clockwork.wake()
    assert set((await outcomes(facts, jobs)).values()) == {(JobState.SKIPPED, "gone")}
