"""To each of two former partners, once a quarter: would you like to talk again?"""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.growing import reading_growing
from bot.store.tables import Job

KIND = JobKind.KEEP_IN_TOUCH


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.tie_id is not None
    assert job.recipient_id is not None
    tie = await reading_growing.tie_view(ctx, tie_id=job.tie_id, person_id=job.recipient_id)
    older = job.note != str(tie.quarter)
    skip = unsaid(
        job,
        older=older,
        stopped=tie.is_stopped,
        answered=tie.wish is not None,
        person_gone=tie.other.is_deleted,
    )
    return skip or Say(KIND, {"tie": tie, "older": older}, tie.me)
