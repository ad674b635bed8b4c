"""To somebody who left two talks unanswered for: they are paused, and one click is the way back."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.PAUSED_SILENT


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.recipient_id is not None
    me = await people.person(ctx, person_id=job.recipient_id)
    skip = unsaid(job, back=not me.is_paused)
    is_newest = await people.is_newest_pause_card(ctx, person_id=me.id, job_id=job.id)
    return skip or Say(KIND, {"is_newest": is_newest}, me)
