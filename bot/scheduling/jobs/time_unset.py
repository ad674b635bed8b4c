"""To the pair: the time fell through, and a new one is due."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import pair, session_of, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.TIME_UNSET


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    skip = unsaid(
        job,
        replanned=job.plan != session.plan,
        over=session.state is not SessionState.MATCHED,
    )
    facts = {"session": session, "actor": session.time_set_by}
    return skip or Say(KIND, facts, pair(session))
