"""The time for next steps and thanks, or for finding a time at all, is over: the session ends."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.sessions import closing
from bot.store.tables import Job

KIND = JobKind.CLOSE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.session_id is not None
    if job.plan is not None:
        await closing.let_lapse(ctx, session_id=job.session_id, plan=job.plan)
    else:
        await closing.close_session(ctx, session_id=job.session_id)
    return Done()
