"""To the mentee: there is still no time for the session."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.TIME_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    skip = unsaid(
        job, replanned=seen.older(job), settled=seen.session.state is not SessionState.MATCHED
    )
    return skip or Say(KIND, seen.facts(), seen.me)
