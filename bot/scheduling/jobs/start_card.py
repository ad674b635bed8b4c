"""To each of the two as it begins: the habits in the room for their side."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.START_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    guide = ctx.library.guide_of(seen.session, seen.role)
    skip = unsaid(job, replanned=seen.older(job), over=not seen.is_scheduled)
    return skip or Say(KIND, seen.facts(guide=guide), seen.me)
