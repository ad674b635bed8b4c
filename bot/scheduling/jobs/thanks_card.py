"""To the partner: a thank-you. The mentor of a trio gets one from each who learned."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.services.sessions import following, public_thanks
from bot.store.tables import Job

KIND = JobKind.THANKS_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    third = seen.session.third if job.note == following.THIRD else None
    writer = third or seen.other
    text = await reading.thank_you_text(ctx, session_id=seen.session.id, from_id=writer.id)
    shown = await public_thanks.shown_of(ctx, session_id=seen.session.id, from_id=writer.id)
    skip = unsaid(job, erased=text is None)
    return skip or Say(KIND, seen.facts(text=text or "", other=writer, shown=shown), seen.me)
