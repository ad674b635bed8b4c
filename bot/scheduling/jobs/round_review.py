"""To the leads: a round, from its announcement to its introductions."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RoundState
from bot.scheduling.look_programmes import leads, round_id_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.rounds import reviewing
from bot.store.tables import Job

KIND = JobKind.ROUND_REVIEW


async def prepare(ctx: Context, job: Job) -> Step:
    review = await reviewing.review(ctx, round_id=round_id_of(job))
    # How far a plan is stands on the card only while it is made (see `progress`).
    is_made = review.round.state is RoundState.RUNNING and not review.is_stuck
    progress = 0 if is_made else None
    to = await leads(ctx, review.round.programme)
    return Say(KIND, {"review": review, "progress": progress}, to)
