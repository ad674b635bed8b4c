"""A waiting request is looked at again: somebody may have room by now."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.requests import answering
from bot.store.tables import Job

KIND = JobKind.REQUEST_RETRY


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.request_id is not None
    await answering.retry_request(ctx, request_id=job.request_id)
    return Done()
