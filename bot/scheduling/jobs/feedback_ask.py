"""To each of the two, or three, two days after the talk: how was it, for the programme's mean."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.sessions import feedback
from bot.store.tables import Job

KIND = JobKind.FEEDBACK_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    mine = await feedback.own_feedback(ctx, session_id=seen.session.id, person_id=seen.me.id)
    over = seen.session.state is not SessionState.HELD
    skip = unsaid(job, over=over, given=mine is not None)
    return skip or Say(KIND, seen.facts(feedback=mine), seen.me)
