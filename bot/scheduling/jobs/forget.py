"""Somebody left the workspace, and the retention time is over: they are forgotten."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Done, Step
from bot.services.context import Context
from bot.services.own_data import forgetting
from bot.store.tables import Job

KIND = JobKind.FORGET


async def prepare(ctx: Context, job: Job) -> Step:
    await forgetting.forget_who_left(ctx, person_id=recipient_of(job))
    return Done()
