"""To the partner: a thank-you."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.THANKS_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    text = await reading.thank_you_text(ctx, session_id=seen.session.id, from_id=seen.other.id)
    skip = unsaid(job, erased=text is None)
    return skip or Say(KIND, seen.facts(text=text or ""), seen.me)
