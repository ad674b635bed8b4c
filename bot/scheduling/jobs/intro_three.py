"""To all three, in one conversation: who they are to each other, and why they meet."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_asking import referral_of
from bot.scheduling.steps import Group, Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.INTRO_THREE


async def prepare(ctx: Context, job: Job) -> Step:
    referral = await referral_of(ctx, job)
    three = (referral.by, referral.mentee, referral.to)
    return Say(
        KIND, {"referral": referral}, Group(0, referral.channel, three, referral_id=referral.id)
    )
