"""To a lead, or to the channel: what came of a programme, in numbers."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import days_of, programme_id_of, reader
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.lists import reporting
from bot.services.programmes import programmes
from bot.store.tables import Job

KIND = JobKind.REPORT_CARD


async def prepare(ctx: Context, job: Job) -> Step:
    programme_id, days = programme_id_of(job), days_of(job)
    programme = await programmes.programme_view(ctx, programme_id=programme_id)
    cells = await reporting.cells(ctx, programme_id=programme_id, days=days)
    facts = {"report": cells, "programme": programme, "days": days}
    return Say(KIND, facts, await reader(ctx, job, programme), job.note)
