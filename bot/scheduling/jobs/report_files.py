"""Under a report: its pictures, and its numbers as a table."""

import asyncio

from bot.domain.job_kinds import JobKind
from bot.scheduling import threads
from bot.scheduling.look_programmes import days_of, programme_id_of, reader
from bot.scheduling.steps import Done, Step, Upload
from bot.services import programmes
from bot.services.context import Context
from bot.services.report_sheet import report_sheet
from bot.slack.charts import draw
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.REPORT_FILES


async def prepare(ctx: Context, job: Job) -> Step:
    from bot.services import reporting

    if job.slack_ts is not None:
        return Done()  # files are not put right: a new report has new ones
    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    cells = await reporting.report(ctx, programme_id=programme_id, days=days_of(job))
    pictures = await asyncio.to_thread(draw, cells)
    files = [Attachment(each.name, each.title, each.alt, each.png) for each in pictures]
    files.append(Attachment("report.csv", programme.name, "", report_sheet(cells)))
    card = await threads.report_of(ctx, job)
    return Upload(tuple(files), await reader(ctx, job, programme), under=card)
