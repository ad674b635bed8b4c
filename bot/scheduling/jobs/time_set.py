"""To the pair: a time was set, or moved."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import pair, session_of, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.TIME_SET


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    starts_at = session.starts_at
    skip = unsaid(
        job,
        replanned=job.plan != session.plan,
        begun=starts_at is not None and starts_at <= ctx.now(),
        over=session.state is not SessionState.SCHEDULED,
    )
    facts = {"session": session, "actor": session.time_set_by}
    note = job.note or ("moved" if session.reschedules else "set")
    return skip or Say(KIND, facts, pair(session), note)
