"""To each of the two, after one and a half agreed intervals without a session: a quiet word."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState
from bot.scheduling.look import unsaid
from bot.scheduling.look_growing import relationship, still_quiet
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.MOMENTUM


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    over = seen.state is not RelationshipState.ACTIVE
    quiet = still_quiet(seen, job)
    skip = unsaid(job, over=over, met=not quiet)
    return skip or Say(KIND, {"relationship": seen, "quiet": quiet}, seen.me)
