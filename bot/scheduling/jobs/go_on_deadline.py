"""A working week after the talk: what they wish is compared, once."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.sessions import going_on
from bot.store.tables import Job

KIND = JobKind.GO_ON_DEADLINE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.session_id is not None
    await going_on.compare(ctx, session_id=job.session_id)
    return Done()
