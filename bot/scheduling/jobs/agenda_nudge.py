"""To the mentee: the session comes near, and the mentor knows nothing yet."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import while_unwritten
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    return await while_unwritten(ctx, job)
