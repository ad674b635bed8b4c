"""Whoever it is for did not say whether somebody named may be asked: it is let go."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.requests import referring
from bot.store.tables import Job

KIND = JobKind.REFERRAL_EXPIRY


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.referral_id is not None
    await referring.expire_referral(ctx, referral_id=job.referral_id)
    return Done()
