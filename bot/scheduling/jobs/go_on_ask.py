"""To each of those in it, alone: would you go on? Their card shows their own answer and no more."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.sessions import going_on
from bot.store.tables import Job

KIND = JobKind.GO_ON_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    mine = await going_on.go_on_view(ctx, session_id=seen.session.id, person_id=seen.me.id)
    skip = unsaid(job, answered=mine.is_answered)
    return skip or Say(KIND, seen.facts(go_on=mine), seen.me)
