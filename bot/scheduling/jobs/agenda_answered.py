"""To whoever wrote the agenda: the mentor added a point, or finds it good as it is."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_ANSWERED


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    starts_at = seen.session.starts_at
    begun = starts_at is not None and starts_at <= ctx.now()
    skip = unsaid(job, over=not seen.is_ahead or begun, erased=seen.session.agenda is None)
    return skip or Say(KIND, seen.facts(), seen.me)
