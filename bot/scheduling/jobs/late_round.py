"""Who came late to a round is matched with those it left out."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import round_id_of
from bot.scheduling.steps import Done, Step
from bot.services.rounds import late
from bot.store.tables import Job

KIND = JobKind.LATE_ROUND


async def reach(desk: Desk, job: Job) -> Step:
    await late.late_round(desk.ctx, round_id=round_id_of(job))
    return Done()
