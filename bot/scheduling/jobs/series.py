"""To each of a formal pair: the tasks of their series, ticked by the mentee, read by both."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.look_series import series_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.SERIES


async def prepare(ctx: Context, job: Job) -> Step:
    view = await series_of(ctx, job)
    skip = unsaid(job, over=view.is_over, gone=not view.is_begun)
    return skip or Say(KIND, {"series": view}, view.me)
