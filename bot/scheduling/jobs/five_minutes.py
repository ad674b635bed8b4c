"""To each of the two, five minutes before the end: agree the next steps while you are together."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.FIVE_MINUTES


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    over = not (seen.is_scheduled or seen.session.state is SessionState.HELD)
    skip = unsaid(job, replanned=seen.older(job), over=over)
    return skip or Say(KIND, seen.facts(), seen.me)
