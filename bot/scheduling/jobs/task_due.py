"""To whoever has a task of a series, on its day: done, or later?"""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.look_series import series_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.TASK_DUE


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.note is not None
    view = await series_of(ctx, job)
    task = view.task(job.note)
    if task is None:
        return Skip("gone")
    skip = unsaid(job, over=view.is_over, settled=task.is_done)
    return skip or Say(KIND, {"series": view, "task": task}, view.me)
