"""Under a round's card: its pairs with their reasons, a page of them."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RoundState
from bot.scheduling import threads
from bot.scheduling.look import unsaid
from bot.scheduling.look_programmes import leads, round_id_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.rounds import reviewing
from bot.store.tables import Job

KIND = JobKind.ROUND_PAIRS


async def prepare(ctx: Context, job: Job) -> Step:
    round_id = round_id_of(job)
    page = await reviewing.pairs_page(ctx, round_id=round_id, note=job.note or "page:1")
    skip = unsaid(job, cancelled=page.review.round.state is RoundState.CANCELLED)
    card = await threads.card_of(ctx, round_id)
    to = await leads(ctx, page.review.round.programme, under=card)
    return skip or Say(KIND, {"page": page}, to)
