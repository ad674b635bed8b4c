"""In the programme's channel: a thank-you that both want shown. Its words go when the pair's do."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import session_of, unsaid
from bot.scheduling.look_programmes import programme_id_of, room
from bot.scheduling.steps import Done, Say, Skip, Step
from bot.services import reading
from bot.services.context import Context
from bot.services.programmes import programmes
from bot.store.tables import Job

KIND = JobKind.PUBLIC_THANKS


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.note is not None
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    if programme.is_archived or not programme.channel:
        return Skip("channel_archived") if job.slack_ts is None else Done()
    session = await session_of(ctx, job)
    writer = int(job.note)
    text = await reading.thank_you_text(ctx, session_id=session.id, from_id=writer)
    facts = {
        "text": text or "",
        "writer": session.person(writer),
        "reader": session.other(writer),
        "role": session.role_of(writer),
    }
    skip = unsaid(job, erased=text is None)
    return skip or Say(KIND, facts, room(programme, ctx.now()))
