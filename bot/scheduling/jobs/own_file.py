"""To somebody who asked for it: all that Lantern holds about them, as a file."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Step, Upload
from bot.services import people
from bot.services.context import Context
from bot.services.own_data import own_data
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.OWN_FILE


async def prepare(ctx: Context, job: Job) -> Step:
    to = await people.person(ctx, person_id=recipient_of(job))
    held = await own_data.own_file(ctx, person_id=to.id)
    file = Attachment("lantern-your-data.json", "All that Lantern holds about you", "", held)
    return Upload((file,), to, template=KIND)
