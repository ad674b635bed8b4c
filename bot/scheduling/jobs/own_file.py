"""To somebody who asked for it: all that Lantern holds about them, as a file."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Step, Upload
from bot.services import people
from bot.services.own_data import own_data
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.OWN_FILE


async def reach(desk: Desk, job: Job) -> Step:
    """Everything there is about somebody takes a while to read and to write down."""
    to = await people.person(desk.ctx, person_id=recipient_of(job))
    words = desk.templates.to(to.locale)
    held = await own_data.own_file(desk.ctx, person_id=to.id, words=words)
    file = Attachment("lantern-your-data.json", words.sentence("own_file"), "", held)
    return Upload((file,), to, template=KIND)
