"""Under a report: its pictures, and its numbers as a table."""

import asyncio

from bot.domain.job_kinds import JobKind
from bot.domain.report import Cells
from bot.scheduling import threads
from bot.scheduling.look_programmes import days_of, programme_id_of, reader
from bot.scheduling.steps import Step, Upload
from bot.services.context import Context
from bot.services.lists import reporting
from bot.services.lists.report_sheet import report_sheet
from bot.services.programmes import programmes
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.REPORT_FILES


async def prepare(ctx: Context, job: Job) -> Step:
    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    cells = await reporting.cells(ctx, programme_id=programme_id, days=days_of(job))
    # The drawing takes a processor for some tenths of a second, and everybody else waits for none.
    files = await asyncio.to_thread(_files, cells)
    card = await threads.report_of(ctx, job)
    return Upload(files, await reader(ctx, job, programme), under=card)


def _files(cells: Cells) -> tuple[Attachment, ...]:
    from bot.slack import charts  # with it comes what draws, which is slow to load

    pictures = (Attachment(one.name, one.title, one.alt, one.png) for one in charts.draw(cells))
    title = f"{cells.programme_name}: the numbers"
    return (*pictures, Attachment("report.csv", title, "", report_sheet(cells)))
