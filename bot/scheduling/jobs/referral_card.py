"""To somebody who was named: shall they be introduced? Whoever it is for has said yes."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import ReferralState
from bot.scheduling.look import unsaid
from bot.scheduling.look_asking import referral_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REFERRAL_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    referral = await referral_of(ctx, job)
    skip = unsaid(job, settled=referral.state is not ReferralState.AGREED)
    return skip or Say(KIND, {"referral": referral}, referral.to)
