"""To the mentor: there is no agenda yet, and that is no disaster."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_MISSING


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    skip = unsaid(
        job,
        replanned=seen.older(job),
        over=not seen.is_scheduled,
        written=seen.session.agenda is not None,
    )
    return skip or Say(KIND, seen.facts(), seen.me)
