"""The day after somebody was forgotten: what was needed to replace messages goes too."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.own_data import forgetting
from bot.store.tables import Job

KIND = JobKind.LAST_TRACES


async def prepare(ctx: Context, job: Job) -> Step:
    await forgetting.remove_last_traces(ctx, person_id=recipient_of(job))
    return Done()
