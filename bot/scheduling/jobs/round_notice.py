"""To everyone enrolled, a working day before a round: skip this one, or take part."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import RoundState
from bot.scheduling.look import unsaid
from bot.scheduling.look_programmes import recipient_of, round_id_of
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.programmes import enrolling
from bot.services.rounds import planning_rounds
from bot.store.tables import Job

KIND = JobKind.ROUND_NOTICE


async def prepare(ctx: Context, job: Job) -> Step:
    me = recipient_of(job)
    view = await planning_rounds.round_view(ctx, round_id=round_id_of(job), person_id=me)
    mine = await enrolling.enrolment(ctx, person_id=me, programme_id=view.programme.id)
    skip = unsaid(job, over=view.state is not RoundState.ANNOUNCED, left=not mine.is_enrolled)
    roles = tuple(each.role for each in mine.roles)
    return skip or Say(KIND, {"round": view, "roles": roles}, mine.person)
