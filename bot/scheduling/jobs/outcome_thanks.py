"""To whoever has just answered: what follows from it."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.OUTCOME_THANKS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    return Say(KIND, seen.facts(answer=seen.my_answer), seen.me)
