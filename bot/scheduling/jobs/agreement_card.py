"""To each of the two: the agreement as it stands, to sign or to change. The note is its version."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import is_final
from bot.scheduling.look import unsaid
from bot.scheduling.look_growing import is_newest, relationship
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGREEMENT_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await relationship(ctx, job)
    newest = is_newest(seen, job)
    skip = unsaid(job, over=is_final(seen.state), overtaken=not newest)
    return skip or Say(KIND, {"relationship": seen, "newest": newest}, seen.me)
