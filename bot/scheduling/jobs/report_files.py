"""Under a report: its pictures, and its numbers as a table."""

from bot.domain.job_kinds import JobKind
from bot.scheduling import threads
from bot.scheduling.look_programmes import days_of, programme_id_of, reader
from bot.scheduling.steps import Step, Upload
from bot.services.context import Context
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.REPORT_FILES


async def prepare(ctx: Context, job: Job) -> Step:
    from bot.services import programmes, reporting

    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    files = await reporting.report_files(ctx, programme_id=programme_id, days=days_of(job))
    card = await threads.report_of(ctx, job)
    attached = tuple(Attachment(*each) for each in files)
    return Upload(attached, await reader(ctx, job, programme), under=card)
