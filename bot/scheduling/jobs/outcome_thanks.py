"""To whoever has just answered: what follows from it."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.programmes import programmes
from bot.services.sessions import after_no
from bot.store.tables import Job

KIND = JobKind.OUTCOME_THANKS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    programme = None
    if job.note == after_no.TALK:
        programme = await programmes.programme_view(ctx, programme_id=seen.session.programme_id)
    return Say(KIND, seen.facts(answer=seen.my_answer, programme=programme), seen.me)
