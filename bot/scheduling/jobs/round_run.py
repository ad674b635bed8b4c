"""The hour of a round: everyone is looked up in Slack, and the plan is made."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import round_id_of
from bot.scheduling.progress import Progressing
from bot.scheduling.roll_call import refresh_everyone
from bot.scheduling.steps import Done, Step
from bot.services.rounds import running
from bot.store.tables import Job

KIND = JobKind.ROUND_RUN


async def reach(desk: Desk, job: Job) -> Step:
    round_id = round_id_of(job)
    if not await running.begin(desk.ctx, round_id=round_id):
        return Done()  # cancelled, or planned already
    await refresh_everyone(desk, job)
    async with Progressing(desk, round_id) as progress:
        await running.run(desk.ctx, round_id=round_id, tell=progress.tell)
    return Done()
