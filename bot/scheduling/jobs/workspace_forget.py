"""A company removed Lantern, and the retention time is over: what it left is forgotten."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Done, Skip, Step
from bot.services.context import Context
from bot.services.own_data import forgetting_workspace
from bot.store.tables import Job

KIND = JobKind.WORKSPACE_FORGET


async def prepare(ctx: Context, job: Job) -> Step:
    if await forgetting_workspace.forget_workspace(ctx, workspace_id=job.workspace_id):
        return Done()
    return Skip("installed_again")
