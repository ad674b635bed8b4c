"""A round was approved: its pairs get their sessions, and everyone is told."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import round_id_of
from bot.scheduling.steps import Done, Step
from bot.services.rounds import opening
from bot.store.tables import Job

KIND = JobKind.ROUND_OPEN


async def reach(desk: Desk, job: Job) -> Step:
    await opening.open_pairs(desk.ctx, round_id=round_id_of(job))
    return Done()
