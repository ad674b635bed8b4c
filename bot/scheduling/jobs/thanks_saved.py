"""To whoever has just said thank you: it was sent."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.sessions import public_thanks
from bot.store.tables import Job

KIND = JobKind.THANKS_SAVED


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    shown = await public_thanks.shown_of(ctx, session_id=seen.session.id, from_id=seen.me.id)
    return Say(KIND, seen.facts(shown=shown), seen.me)
