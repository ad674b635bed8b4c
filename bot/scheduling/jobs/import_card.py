"""To the lead who sent a list of people: what is in it, before it counts."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.services.lists import importing_card
from bot.store.tables import Job

KIND = JobKind.IMPORT_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.import_id is not None
    batch = await importing_card.import_view(ctx, import_id=job.import_id)
    return Say(KIND, {"batch": batch}, await people.person(ctx, person_id=recipient_of(job)))
