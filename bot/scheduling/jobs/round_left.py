"""Under a round's card: whom it leaves out, and the rule that did."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import round_id_of, under_the_card
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.services.rounds import reviewing
from bot.store.tables import Job

KIND = JobKind.ROUND_LEFT


async def prepare(ctx: Context, job: Job) -> Step:
    page = await reviewing.left_page(ctx, round_id=round_id_of(job), note=job.note or "page:1")
    return await under_the_card(ctx, job, page)
