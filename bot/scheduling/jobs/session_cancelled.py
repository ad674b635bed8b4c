"""To the pair, or to the one of them who is still here: the session was called off."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import pair, see, session_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.SESSION_CANCELLED


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    to = pair(session) if job.recipient_id is None else (await see(ctx, job)).me
    return Say(KIND, {"session": session, "actor": session.cancelled_by}, to)
