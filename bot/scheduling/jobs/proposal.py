"""To whoever asked somebody by name: that person could do something shorter."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.PROPOSAL


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.offer_id is not None
    offer = await reading.offer_view(ctx, offer_id=job.offer_id)
    skip = unsaid(job, settled=offer.state is not OfferState.PROPOSED)
    return skip or Say(KIND, {"offer": offer}, offer.request.mentee)
