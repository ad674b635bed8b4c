"""In the place of every message to somebody who was forgotten: one line; files are deleted."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Say, Skip, Step, TakeBack
from bot.services import people
from bot.services.context import Context
from bot.slack.files import ids_in
from bot.store.tables import Job

KIND = JobKind.BLANKED


async def prepare(ctx: Context, job: Job) -> Step:
    if job.slack_ts is None:
        return Skip("forgotten")  # it never arrived
    if files := ids_in(job.slack_ts):
        return TakeBack(files)
    to = await people.person(ctx, person_id=recipient_of(job))
    return Say(KIND, {}, to, is_parting=True)
