"""The deadline of an offer: without an answer the request moves on."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.requests import answering
from bot.store.tables import Job

KIND = JobKind.OFFER_EXPIRY


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.offer_id is not None
    await answering.expire_offer(ctx, offer_id=job.offer_id)
    return Done()
