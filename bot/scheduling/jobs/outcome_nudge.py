"""To the one who has not answered, a working day later, if nobody has."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.OUTCOME_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    answer = seen.my_answer
    skip = unsaid(
        job, replanned=seen.older(job), answered=answer is not None, over=not seen.is_scheduled
    )
    return skip or Say(KIND, seen.facts(answer=answer), seen.me)
