"""To each of the two: the session begins in ten minutes."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REMINDER_SOON


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    checklist = await reading.checklist_of(ctx, seen.session, person_id=seen.me.id)
    skip = unsaid(job, replanned=seen.older(job), over=not seen.is_scheduled)
    return skip or Say(KIND, seen.facts(checklist=checklist), seen.me)
