"""To someone whose words could mean two things: which of their open matters?"""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.services.sessions import words
from bot.store.tables import Job

KIND = JobKind.PROMPT_CHOICE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.recipient_id is not None
    assert job.draft_id is not None
    draft = await words.draft_view(ctx, draft_id=job.draft_id)
    return Say(KIND, {"draft": draft}, await people.person(ctx, person_id=job.recipient_id))
