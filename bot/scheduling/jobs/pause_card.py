"""To someone who paused or resumed: how things stand, and the way back."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.PAUSE_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.recipient_id is not None
    is_newest = await people.is_newest_pause_card(ctx, person_id=job.recipient_id, job_id=job.id)
    me = await people.person(ctx, person_id=job.recipient_id)
    return Say(KIND, {"is_newest": is_newest}, me)
