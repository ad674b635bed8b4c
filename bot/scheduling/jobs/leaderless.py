"""In the programme's channel: its last lead left, and somebody may take over."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.look_programmes import programme_id_of, room
from bot.scheduling.steps import Done, Say, Skip, Step
from bot.services.context import Context
from bot.services.programmes import programmes
from bot.store.tables import Job

KIND = JobKind.LEADERLESS


async def prepare(ctx: Context, job: Job) -> Step:
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    if programme.is_archived:
        return Skip("channel_archived") if job.slack_ts is None else Done()
    skip = unsaid(job, settled=bool(programme.leads))
    return skip or Say(KIND, {"programme": programme}, room(programme, ctx.now()))
