"""To somebody who asked for it: all that Lantern holds about them, as a file."""

from functools import partial

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Step, Upload, Words
from bot.services import people
from bot.services.context import Context
from bot.services.own_data import own_data
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.OWN_FILE


async def prepare(ctx: Context, job: Job) -> Step:
    to = await people.person(ctx, person_id=recipient_of(job))
    held = await own_data.own_file(ctx, person_id=to.id)
    return Upload((), to, template=KIND, draw=partial(_file, held))


def _file(held: bytes, words: Words) -> tuple[Attachment, ...]:
    return (Attachment("lantern-your-data.json", words.sentence("own_file"), "", held),)
