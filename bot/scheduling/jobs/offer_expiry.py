"""The deadline of an offer: without an answer the request moves on."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services import answering
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.OFFER_EXPIRY


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.offer_id is not None
    await answering.expire_offer(ctx, offer_id=job.offer_id)
    return Done()
