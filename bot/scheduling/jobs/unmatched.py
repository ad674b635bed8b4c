"""To who found nobody in a round: why, and that they come first next time."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of, round_id_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.UNMATCHED


async def prepare(ctx: Context, job: Job) -> Step:
    from bot.services import people, reviewing

    me = recipient_of(job)
    page = await reviewing.left_page(ctx, round_id=round_id_of(job), note=f"person:{me}")
    mine = next((left for left in page.left if left.person.id == me), None)
    if mine is None:
        return Skip("matched_since")
    to = await people.person(ctx, person_id=me)
    return Say(KIND, {"left": mine, "round": page.review.round}, to)
