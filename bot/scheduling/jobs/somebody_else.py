"""To who would have learned: the session is off, and somebody else may be asked."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.SOMEBODY_ELSE


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    from_a_request = seen.session.round_id is None and seen.me.id == seen.session.mentee.id
    has_words = from_a_request and bool(seen.session.topic)
    facts = seen.facts(has_words=has_words, is_asked=job.request_id is not None)
    return Say(KIND, facts, seen.me)
