"""Looking again at a pair's series, when something is to be said about it."""

from bot.scheduling.look_programmes import recipient_of
from bot.services.context import Context
from bot.services.growing import series_reading
from bot.services.growing.views_series import SeriesView
from bot.store.tables import Job


async def series_of(ctx: Context, job: Job) -> SeriesView:
    """The series a job is about, as its recipient sees it."""
    assert job.relationship_id is not None
    return await series_reading.series_view(
        ctx, relationship_id=job.relationship_id, reader_id=recipient_of(job)
    )
