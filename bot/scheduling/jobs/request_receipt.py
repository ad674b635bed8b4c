"""To the requester: what was asked, what happens next and by when; kept true."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.REQUEST_RECEIPT


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.request_id is not None
    request = await reading.request_view(ctx, request_id=job.request_id)
    template = "invitation_receipt" if request.invited else KIND.value
    return Say(template, {"request": request}, request.mentee)
