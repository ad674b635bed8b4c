"""To the mentee: the agenda as it was understood."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_SAVED


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    return Say(KIND, seen.facts(), seen.me)
