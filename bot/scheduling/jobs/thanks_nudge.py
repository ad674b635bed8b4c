"""To the one who has not said thank you, three working days later."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import while_unthanked
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.THANKS_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    return await while_unthanked(ctx, job)
