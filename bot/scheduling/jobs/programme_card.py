"""In the programme's channel: what it offers, and how to join. Kept true there."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import programme_id_of, room
from bot.scheduling.steps import Done, Say, Skip, Step
from bot.services.context import Context
from bot.services.programmes import programmes
from bot.store.tables import Job

KIND = JobKind.PROGRAMME_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    if programme.is_archived:  # Slack lets nobody change anything there
        return Skip("channel_archived") if job.slack_ts is None else Done()
    return Say(KIND, {"programme": programme}, room(programme, ctx.now()))
