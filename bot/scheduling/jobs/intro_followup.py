"""To the one who was introduced, two working days later: write promptly, and ask for advice."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_asking import referral_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.INTRO_FOLLOWUP


async def prepare(ctx: Context, job: Job) -> Step:
    referral = await referral_of(ctx, job)
    return Say(KIND, {"referral": referral}, referral.mentee)
