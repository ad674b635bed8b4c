"""A relationship is looked at each working day, for as long as it goes on."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RelationshipState
from bot.scheduling.clockwork import Clockwork
from bot.services.context import Context
from bot.services.growing.relationships import plan_turn
from bot.store.tables import Job, Person, Relationship
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts


async def a_draft(facts: Facts, zone: str = "Europe/London") -> Relationship:
    ada, grace = await facts.person("Ada", zone=zone), await facts.mentor("Grace")
    programme = await facts.programme()
    row: Relationship = await facts.add(
        Relationship(
            programme_id=programme.id,
            mentor_id=grace.id,
            mentee_id=ada.id,
            state=RelationshipState.DRAFTING,
            began_at=MONDAY,
        )
    )
    return row


async def turns(facts: Facts) -> list[JobState]:
    return [job.state for job in await facts.all(Job) if job.kind is JobKind.RELATIONSHIP_TURN]


@pytest.mark.parametrize(
    ("zone", "then"),
    [
        ("Pacific/Auckland", "Europe/London"),
        ("Asia/Kolkata", "America/New_York"),
        ("Europe/London", "Pacific/Auckland"),
    ],
)
async def test_it_goes_on_when_the_mentee_moves(
    clockwork: Clockwork, context: Context, facts: Facts, clock: HandClock, zone: str, then: str
) -> None:
    """To the west, the day on which it was looked at comes once more."""
    clock.attach(clockwork)
    row = await a_draft(facts, zone)
    async with facts.db.work() as work:
        await plan_turn(context, work, row)
        (await work.session.get_one(Person, row.mentee_id)).zone = then
        await work.commit()
    await clock.advance(timedelta(days=4))
    assert (await turns(facts)).count(JobState.PENDING) == 1
    assert (await turns(facts)).count(JobState.DONE) >= 3


async def test_two_looks_planned_on_one_day_are_one(context: Context, facts: Facts) -> None:
    row = await a_draft(facts)
    for _ in range(2):
        async with facts.db.work() as work:
            await plan_turn(context, work, row)
            await work.commit()
    assert await turns(facts) == [JobState.PENDING]


async def test_one_that_nobody_would_look_at_again_is_found_by_the_sweep(
    clockwork: Clockwork, facts: Facts
) -> None:
    row = await a_draft(facts)
    over = await a_draft(facts)
    async with facts.db.work() as work:
        (await work.session.get_one(Relationship, over.id)).state = RelationshipState.DROPPED
        await work.commit()
    for _ in range(2):
        await clockwork.sweep()
    (job,) = [job for job in await facts.all(Job) if job.kind is JobKind.RELATIONSHIP_TURN]
    assert (job.relationship_id, job.state) == (row.id, JobState.PENDING)
