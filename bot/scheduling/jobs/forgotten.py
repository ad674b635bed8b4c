"""To somebody who asked to be forgotten: that it is done, and what had to stay."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of
from bot.scheduling.steps import Done, Say, Skip, Step
from bot.services import people
from bot.services.context import Context
from bot.services.own_data import forgetting
from bot.store.tables import Job

KIND = JobKind.FORGOTTEN


async def prepare(ctx: Context, job: Job) -> Step:
    if job.slack_ts is not None:
        return Done()  # it says how things were then
    to = await people.person(ctx, person_id=recipient_of(job))
    if to.dm_channel is None:
        return Skip("never_written_to")
    stays = await forgetting.what_stays(ctx, person_id=to.id)
    return Say(KIND, {"stays": stays}, to, is_parting=True)
