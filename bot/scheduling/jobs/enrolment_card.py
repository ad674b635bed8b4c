"""To who joined a programme: what they take part in, and how to change it.

Whoever was brought in by a lead's list is told by whom.
"""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import programme_id_of, recipient_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.lists import importing_card
from bot.services.programmes import enrolling
from bot.store.tables import Job

KIND = JobKind.ENROLMENT_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    view = await enrolling.enrolment(
        ctx, person_id=recipient_of(job), programme_id=programme_id_of(job)
    )
    by = None
    if job.import_id is not None:
        by = await importing_card.sent_by(ctx, import_id=job.import_id)
    return Say(KIND, {"enrolment": view, "by": by}, view.person)
