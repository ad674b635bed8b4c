"""Under a report: its pictures, and its numbers as a table."""

from functools import partial

from bot.domain.job_kinds import JobKind
from bot.domain.report import Cells
from bot.scheduling import threads
from bot.scheduling.look_programmes import days_of, programme_id_of, reader
from bot.scheduling.steps import Step, Upload, Words
from bot.services.context import Context
from bot.services.lists import reporting
from bot.services.lists.report_sheet import report_sheet
from bot.services.programmes import programmes
from bot.slack.files import Attachment
from bot.slack.sheet_words import report_words
from bot.store.tables import Job

KIND = JobKind.REPORT_FILES


async def prepare(ctx: Context, job: Job) -> Step:
    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    cells = await reporting.cells(ctx, programme_id=programme_id, days=days_of(job))
    card = await threads.report_of(ctx, job)
    to = await reader(ctx, job, programme)
    return Upload((), to, under=card, draw=partial(_files, cells))


def _files(cells: Cells, words: Words) -> tuple[Attachment, ...]:
    from bot.slack import charts  # with it comes what draws, which is slow to load

    drawn = charts.draw(cells, translations=words.translations, locale=words.terms.locale)
    pictures = (Attachment(one.name, one.title, one.alt, one.png) for one in drawn)
    title = words.sentence("report_numbers", name=cells.programme_name)
    sheet = report_sheet(cells, report_words(words.translations.gettext))
    return (*pictures, Attachment("report.csv", title, "", sheet))
