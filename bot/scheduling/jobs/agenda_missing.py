"""To the mentor: there is no agenda yet, and that is no disaster."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import while_unwritten
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_MISSING


async def prepare(ctx: Context, job: Job) -> Step:
    return await while_unwritten(ctx, job)
