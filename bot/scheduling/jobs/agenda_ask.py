"""To the mentee: what shall it be about. An answer in plain words will do."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.AGENDA_ASK


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    skip = unsaid(job, over=not seen.is_ahead, written=seen.session.agenda is not None)
    hints = reading.hints_of(ctx, seen.session, seen.role)
    return skip or Say(KIND, seen.facts(hints=hints), seen.me)
