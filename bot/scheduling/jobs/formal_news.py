"""To one who would have gone on formally: it is let go, by the other or by time."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_growing import relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.FORMAL_NEWS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    return Say(KIND, {"relationship": seen}, seen.me)
