"""To each of the two, half-way and before the end: does the agreement still fit?"""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState
from bot.scheduling.look import unsaid
from bot.scheduling.look_growing import relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REVIEW_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    over = seen.state is not RelationshipState.ACTIVE
    return unsaid(job, over=over) or Say(KIND, {"relationship": seen}, seen.me)
