"""To the owner of a next step that is still open, two weeks later."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import ActionState
from bot.scheduling.look import see, unsaid
from bot.scheduling.steps import Say, Step
from bot.services import reading
from bot.services.context import Context
from bot.store.tables import Job

KIND = JobKind.ACTION_FOLLOWUP


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.action_id is not None
    action = await reading.action_view(ctx, action_id=job.action_id)
    seen = await see(ctx, job)
    skip = unsaid(job, settled=action.state is not ActionState.OPEN, erased=not action.text)
    return skip or Say(KIND, {"action": action, **seen.facts()}, seen.me)
