"""A round comes: it is made, and everyone enrolled will hear of it."""

from datetime import date

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import programme_id_of
from bot.scheduling.steps import Done, Step
from bot.services.rounds import planning_rounds
from bot.store.tables import Job

KIND = JobKind.ROUND_ANNOUNCE


async def reach(desk: Desk, job: Job) -> Step:
    if job.round_id is not None:  # a lead made it already
        await planning_rounds.tell_everyone(desk.ctx, round_id=job.round_id)
        return Done()
    due_on = date.fromisoformat(job.dedupe_key.rsplit(":", 1)[-1])
    await planning_rounds.announce(desk.ctx, programme_id=programme_id_of(job), due_on=due_on)
    return Done()
