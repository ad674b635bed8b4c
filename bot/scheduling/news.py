"""What the leads are told of besides their rounds."""

from typing import Any

from bot.scheduling.look_programmes import leads, programme_id_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services.context import Context
from bot.services.views_programmes import ReviewView
from bot.store.tables import Job


async def lead_news(ctx: Context, job: Job) -> Step:
    """The news named by the job's note, with its count or its people as they are now."""
    from bot.services import programmes, queueing, reviewing

    assert job.note is not None
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    review: ReviewView | None = None
    if job.round_id is not None:
        review = await reviewing.review(ctx, round_id=job.round_id)
    count = 0
    if job.note == "waiting":
        count = await queueing.count_waiting(ctx, programme_id=programme.id)
    elif job.note == "unsent" and review is not None:
        count = review.unsent
    if job.slack_ts is None and count == 0 and job.note in ("waiting", "unsent"):
        return Skip("settled")
    facts: dict[str, Any] = {
        "programme": programme,
        "round": None if review is None else review.round,
        "count": count,
        "people": review.gone if review is not None and job.note == "round_gone" else (),
    }
    return Say(job.kind, facts, await leads(ctx, programme))
