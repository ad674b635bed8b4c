"""To one who has not signed the agreement for some days: it is still there."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState
from bot.scheduling.look import unsaid
from bot.scheduling.look_growing import is_newest, relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGREEMENT_NUDGE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    waits = seen.state is RelationshipState.DRAFTING and not seen.i_signed and is_newest(seen, job)
    return unsaid(job, settled=not waits) or Say(
        KIND, {"relationship": seen, "waits": waits}, seen.me
    )
