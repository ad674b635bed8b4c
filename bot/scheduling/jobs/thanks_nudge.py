"""To the one who has not said thank you, three working days later."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.THANKS_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    skip = unsaid(job, over=seen.session.state is not SessionState.HELD, sent=seen.i_thanked)
    return skip or Say(KIND, seen.facts(sent=seen.i_thanked), seen.me)
