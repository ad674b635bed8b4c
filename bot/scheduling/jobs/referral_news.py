"""To whoever named somebody in a talk, or to the mentee: nothing came of it, kindly."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_asking import referral_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REFERRAL_NEWS


async def prepare(ctx: Context, job: Job) -> Step:
    referral = await referral_of(ctx, job)
    to = referral.mentee if job.recipient_id == referral.mentee.id else referral.by
    return Say(KIND, {"referral": referral}, to)
