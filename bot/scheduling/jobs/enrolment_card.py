"""To who joined a programme: what they take part in, and how to change it."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import programme_id_of, recipient_of
from bot.scheduling.steps import Say, Step
from bot.services import enrolling
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.ENROLMENT_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    view = await enrolling.enrolment(
        ctx, person_id=recipient_of(job), programme_id=programme_id_of(job)
    )
    return Say(KIND, {"enrolment": view}, view.person)
