"""The time for next steps and thanks is over: the session closes."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services import closing
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.CLOSE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.session_id is not None
    await closing.close_session(ctx, session_id=job.session_id)
    return Done()
