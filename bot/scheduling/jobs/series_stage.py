"""To each of a formal pair: a stage of their series is done, and what comes next."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.look_series import series_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.SERIES_STAGE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.note is not None
    view = await series_of(ctx, job)
    stage = view.stage(job.note)
    if stage is None:
        return Skip("gone")
    skip = unsaid(job, over=view.is_over, unticked=not stage.is_done)
    return skip or Say(KIND, {"series": view, "stage": stage}, view.me)
