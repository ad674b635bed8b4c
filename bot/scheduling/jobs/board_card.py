"""In the programme's channel: a request waits, and somebody could help. No words of it, no name."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RequestState
from bot.scheduling.look import unsaid
from bot.scheduling.look_programmes import programme_id_of, room
from bot.scheduling.steps import Done, Say, Skip, Step
from bot.services import reading
from bot.services.context import Context
from bot.services.programmes import programmes
from bot.store.tables import Job

KIND = JobKind.BOARD_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.request_id is not None
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    if programme.is_archived:  # Slack lets nobody change anything there
        return Skip("channel_archived") if job.slack_ts is None else Done()
    request = await reading.request_view(ctx, request_id=job.request_id)
    skip = unsaid(job, settled=request.state is not RequestState.WAITING)
    return skip or Say(KIND, {"request": request}, room(programme, ctx.now()))
