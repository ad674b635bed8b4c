"""Looking again at what a relationship's job is about."""

from bot.domain.states import RelationshipState
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.growing import reading_growing
from bot.services.growing.views_growing import RelationshipView
from bot.store.tables import Job


async def relationship(ctx: Context, job: Job) -> RelationshipView:
    """The job's relationship, as its recipient sees it."""
    assert job.relationship_id is not None
    assert job.recipient_id is not None
    return await reading_growing.relationship_view(
        ctx, relationship_id=job.relationship_id, person_id=job.recipient_id
    )


def is_newest(seen: RelationshipView, job: Job) -> bool:
    """Whether the job is about the version that counts."""
    return seen.agreement is not None and str(seen.agreement.version) == job.note


def still_quiet(seen: RelationshipView, job: Job) -> bool:
    """Whether the two have not talked, or begun afresh, since the day in the job's note."""
    since = max((at for at in (seen.last_at, seen.fresh_at) if at is not None), default=None)
    return since is None or f"{since:%Y-%m-%d}" <= (job.note or "")


async def ask_after_silence(ctx: Context, job: Job) -> Step:
    """Say the job's own words, unless the two have talked since or have ended."""
    seen = await relationship(ctx, job)
    quiet = still_quiet(seen, job)
    skip = unsaid(job, over=seen.state is not RelationshipState.ACTIVE, met=not quiet)
    return skip or Say(job.kind, {"relationship": seen, "quiet": quiet}, seen.me)
