"""To each of a session without a time: starts to tick; the first that suits all is set."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.sessions import slots
from bot.store.tables import Job

KIND = JobKind.SLOTS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    is_open = seen.session.state is SessionState.MATCHED
    if skip := unsaid(job, replanned=seen.older(job), settled=not is_open):
        return skip
    shown = None
    if is_open and not seen.older(job):
        await slots.propose(ctx, session_id=seen.session.id)
        shown = await slots.slots_view(ctx, seen.session, person_id=seen.me.id)
    return Say(KIND, seen.facts(slots=shown), seen.me)
