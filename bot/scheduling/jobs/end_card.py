"""To each of the two: their relationship has ended; what was gained, thanks, and what is next."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_growing import relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.END_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    return Say(KIND, {"relationship": seen}, seen.me)
