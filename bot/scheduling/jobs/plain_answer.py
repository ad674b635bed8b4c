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
    # Where the words depend on a state, it stands behind a colon (`notices.note_of`).
    key, _, state = job.note.partition(":")
    facts = {"where": ctx.install_at} | ({"state": state} if state else {})
    return Say(KIND, facts, await people.person(ctx, person_id=job.recipient_id), sentence=key)
