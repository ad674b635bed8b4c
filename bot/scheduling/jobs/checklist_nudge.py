"""To the one of the two who is not ready, two days before."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.CHECKLIST_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    checklist = await reading.checklist_of(ctx, seen.session, person_id=seen.me.id)
    skip = unsaid(job, replanned=seen.older(job), over=not seen.is_scheduled, ready=checklist.ready)
    return skip or Say(KIND, seen.facts(checklist=checklist), seen.me)
