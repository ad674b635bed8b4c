"""To the partner of a session: would you go on formally? Asked by one of the two."""

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import RelationshipState
from bot.scheduling.look import unsaid
from bot.scheduling.look_growing import relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.FORMAL_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    open_yet = seen.state is RelationshipState.DRAFTING and seen.agreement is None
    guide = ctx.library.guide(Kind.SPOT, seen.role, is_formal=True)
    facts = {"relationship": seen, "guide": guide}
    return unsaid(job, settled=not open_yet) or Say(KIND, facts, seen.me)
