"""To the requester: their request moved on to another mentor, waits, or found one."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RequestState
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REQUEST_NEWS

_TOLD = {
    "moved_on": RequestState.ROUTING,
    "waiting": RequestState.WAITING,
    "matched": RequestState.MATCHED,
    "declined": RequestState.DECLINED,
}
"""The state that each of the wordings speaks of; the request may be elsewhere by now."""


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.request_id is not None
    request = await reading.request_view(ctx, request_id=job.request_id)
    skip = unsaid(
        job,
        withdrawn=request.state is RequestState.WITHDRAWN,
        overtaken=request.state is not _TOLD.get(job.note or "", request.state),
    )
    template = "invitation_news" if request.invited else KIND.value
    return skip or Say(template, {"request": request}, request.mentee)
