"""A lead's list of people is fetched from Slack and read; the card says what is in it."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.fetching import fetch_import
from bot.scheduling.steps import Done, Step
from bot.store.tables import Job

KIND = JobKind.IMPORT_READ


async def reach(desk: Desk, job: Job) -> Step:
    assert job.import_id is not None
    await fetch_import(desk, job.import_id)
    return Done()
