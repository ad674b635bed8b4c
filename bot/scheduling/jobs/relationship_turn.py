"""A formal relationship is looked at each working day: its next session, momentum, review, end."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.growing import turning
from bot.store.tables import Job

KIND = JobKind.RELATIONSHIP_TURN


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.relationship_id is not None
    await turning.turn(ctx, relationship_id=job.relationship_id)
    return Done()
