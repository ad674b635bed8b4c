"""To the leads: something happened in their programme that somebody answers for."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.LEAD_NEWS


async def prepare(ctx: Context, job: Job) -> Step:
    from bot.scheduling.news import lead_news

    return await lead_news(ctx, job)
