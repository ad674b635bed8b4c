"""The retention time is over: what the pair, or the requester, wrote is deleted."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.growing import ending
from bot.services.sessions import closing
from bot.store.tables import Job

KIND = JobKind.ERASE


async def prepare(ctx: Context, job: Job) -> Step:
    if job.session_id is not None:
        await closing.erase_session(ctx, session_id=job.session_id)
    elif job.request_id is not None:
        await closing.erase_request(ctx, request_id=job.request_id)
    elif job.relationship_id is not None:
        await ending.erase_relationship(ctx, relationship_id=job.relationship_id)
    return Done()
