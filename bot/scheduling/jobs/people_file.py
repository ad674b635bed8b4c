"""To a lead: the people of a programme, as a file that can be sent back."""

from functools import partial

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import programme_id_of, recipient_of
from bot.scheduling.steps import Step, Upload, Words
from bot.services import people
from bot.services.context import Context
from bot.services.library import Library
from bot.services.lists import exporting
from bot.services.lists.exporting import PeopleSheet
from bot.services.programmes import programmes
from bot.slack.files import Attachment
from bot.slack.sheet_words import people_headings
from bot.store.tables import Job

KIND = JobKind.PEOPLE_FILE


async def prepare(ctx: Context, job: Job) -> Step:
    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    to = await people.person(ctx, person_id=recipient_of(job))
    sheet = await exporting.people_sheet(ctx, programme_id=programme_id)
    draw = partial(_file, sheet, programme.name, ctx.library)
    return Upload((), to, template=KIND, facts={"programme": programme}, draw=draw)


def _file(sheet: PeopleSheet, name: str, library: Library, words: Words) -> tuple[Attachment, ...]:
    say = words.translations.gettext
    areas = {key: say(label) for key, label in library.areas.items()}
    title = words.sentence("people_of", name=name)
    return (Attachment("people.csv", title, "", sheet.written(people_headings(say), areas)),)
