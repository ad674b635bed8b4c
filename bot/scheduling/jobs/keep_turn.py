"""A quarter of keeping in touch has gone by: both are asked, and the next one is planned."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.growing import keeping
from bot.store.tables import Job

KIND = JobKind.KEEP_TURN


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.tie_id is not None
    await keeping.turn(ctx, tie_id=job.tie_id)
    return Done()
