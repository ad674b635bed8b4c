"""To who found nobody in a round: why, and that they come first next time."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import recipient_of, round_id_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services import people
from bot.services.context import Context
from bot.services.rounds import reviewing
from bot.store.tables import Job

KIND = JobKind.UNMATCHED


async def prepare(ctx: Context, job: Job) -> Step:
    me = recipient_of(job)
    mine = await reviewing.left_view(ctx, round_id=round_id_of(job), person_id=me)
    if mine is None:
        return Skip("matched_since")
    left, whose = mine
    to = await people.person(ctx, person_id=me)
    return Say(KIND, {"left": left, "round": whose}, to)
