"""To someone who has just offered to mentor, or stopped: what holds from now on."""

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.services.requests.offering import STOPPED
from bot.store.tables import Job

KIND = JobKind.MENTOR_WELCOME


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.recipient_id is not None
    overview = await reading.overview(ctx, person_id=job.recipient_id)
    taster = overview.taster_only
    guide = ctx.library.guide(Kind.SPOT if taster else Kind.FLASH, Role.MENTOR, taster)
    facts = {"overview": overview, "taster_only": taster, "guide": guide}
    stopped = job.note == STOPPED
    skip = unsaid(job, overtaken=stopped is overview.is_mentor)
    return skip or Say(KIND, facts, overview.me)
