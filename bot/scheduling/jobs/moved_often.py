"""To the pair, once: their session has moved a second time, and nobody is blamed for it."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import AHEAD, pair, session_of, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.MOVED_OFTEN


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    skip = unsaid(job, over=session.state not in AHEAD)
    return skip or Say(KIND, {"session": session}, pair(session))
