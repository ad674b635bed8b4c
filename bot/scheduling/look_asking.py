"""Looking again at what a job of asking is about: somebody named."""

from bot.services.context import Context
from bot.services.requests import reading_asking
from bot.services.requests.views_asking import ReferralView
from bot.store.tables import Job


async def referral_of(ctx: Context, job: Job) -> ReferralView:
    """The job's referral."""
    assert job.referral_id is not None
    return await reading_asking.referral_view(ctx, referral_id=job.referral_id)
