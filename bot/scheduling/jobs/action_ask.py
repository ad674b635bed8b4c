"""To the mentee: what are the next steps? An answer in plain words will do."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.ACTION_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    skip = unsaid(
        job, over=seen.session.state is not SessionState.HELD, written=bool(seen.session.actions)
    )
    return skip or Say(KIND, seen.facts(actions=seen.session.actions), seen.me)
