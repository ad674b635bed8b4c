"""To someone who clicked or wrote something that led nowhere: one sentence, named by the note."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.PLAIN_ANSWER


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.recipient_id is not None
    assert job.note is not None
    return Say(KIND, {}, await people.person(ctx, person_id=job.recipient_id), sentence=job.note)
