"""A lead's list of people is fetched from Slack and read; the card says what is in it. Once the
lead said yes, a second job of this kind takes it over."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.fetching import fetch_import, take_import
from bot.scheduling.steps import Done, Step
from bot.services.lists import importing
from bot.store.tables import Job

KIND = JobKind.IMPORT_READ


async def reach(desk: Desk, job: Job) -> Step:
    assert job.import_id is not None
    if job.note == importing.TAKE:
        await take_import(desk, job.import_id)
    else:
        await fetch_import(desk, job.import_id)
    return Done()
