"""To each of the two: did it happen? Both are asked, also when the partner has said yes."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.OUTCOME_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    open_yet = seen.session.state in (SessionState.SCHEDULED, SessionState.HELD)
    answer = seen.my_answer
    skip = unsaid(job, replanned=seen.older(job), answered=answer is not None, over=not open_yet)
    return skip or Say(KIND, seen.facts(answer=answer), seen.me)
