"""To each of the two, after three intervals without a session: wind up, or start afresh?"""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_growing import ask_after_silence
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.MOMENTUM_AGAIN


async def prepare(ctx: Context, job: Job) -> Step:
    return await ask_after_silence(ctx, job)
