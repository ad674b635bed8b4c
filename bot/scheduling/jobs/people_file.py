"""To a lead: the people of a programme, as a file that can be sent back."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import programme_id_of, recipient_of
from bot.scheduling.steps import Step, Upload
from bot.services import people
from bot.services.context import Context
from bot.services.lists import exporting
from bot.services.programmes import programmes
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.PEOPLE_FILE


async def prepare(ctx: Context, job: Job) -> Step:
    programme_id = programme_id_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    to = await people.person(ctx, person_id=recipient_of(job))
    sheet = await exporting.people_sheet(ctx, programme_id=programme_id)
    file = Attachment("people.csv", f"People of {programme.name}", "", sheet)
    return Upload((file,), to, template=KIND, facts={"programme": programme})
