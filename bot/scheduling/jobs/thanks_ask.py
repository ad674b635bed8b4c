"""To each of the two: say thank you, and what it gave you."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import while_unthanked
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.THANKS_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    return await while_unthanked(ctx, job)
