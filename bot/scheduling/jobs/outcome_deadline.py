"""Three working days after the session: it is settled by the answers there are."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.sessions import following
from bot.store.tables import Job

KIND = JobKind.OUTCOME_DEADLINE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.session_id is not None
    assert job.plan is not None
    await following.outcome_deadline(ctx, session_id=job.session_id, plan=job.plan)
    return Done()
