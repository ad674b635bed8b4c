"""To each who answered "would you go on?": a wish of both, or one sentence for everything else."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.GO_ON_NEWS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    return Say(KIND, seen.facts(), seen.me)
