"""To the pair: who they are, why the two of them, who writes first, what happens next."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import AHEAD, pair, session_of, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.INTRODUCTION


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    skip = unsaid(job, over=session.state not in AHEAD)
    return skip or Say(KIND, {"session": session, "actor": None}, pair(session))
