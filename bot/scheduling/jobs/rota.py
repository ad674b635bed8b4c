"""To everyone in a group flash: where they sit, turn by turn."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import unsaid
from bot.scheduling.look_programmes import begun, recipient_of, round_id_of
from bot.scheduling.steps import Say, Step
from bot.services import people
from bot.services.context import Context
from bot.services.rounds import opening
from bot.store.tables import Job

KIND = JobKind.ROTA


async def prepare(ctx: Context, job: Job) -> Step:
    me = recipient_of(job)
    rota = await opening.rota_view(ctx, round_id=round_id_of(job), person_id=me)
    skip = unsaid(job, nowhere=not rota.seats, over=begun(rota, ctx.now()))
    return skip or Say(KIND, {"rota": rota}, await people.person(ctx, person_id=me))
