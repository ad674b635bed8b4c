"""To the mentor, halfway to the deadline: the offer still waits for an answer."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.OFFER_REMINDER


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.offer_id is not None
    offer = await reading.offer_view(ctx, offer_id=job.offer_id)
    skip = unsaid(job, settled=offer.state is not OfferState.PENDING)
    template = "invitation_reminder" if offer.request.invited else KIND.value
    return skip or Say(template, {"offer": offer}, offer.mentor)
