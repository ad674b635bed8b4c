"""What a claim of a job came to: one line in the log, and one more in the count."""

from typing import Any, Literal

import structlog

from bot.meter import JobOutcome
from bot.scheduling.desk import Desk
from bot.store.tables import Job

log = structlog.get_logger("bot.scheduling")


def note(
    desk: Desk,
    job: Job,
    outcome: JobOutcome,
    *,
    level: Literal["info", "warning", "error"] = "info",
    **facts: Any,
) -> None:
    """Log "job_said" (or whatever it was) with `facts` that are no content, and count it."""
    getattr(log, level)(f"job_{outcome}", job=job.id, kind=job.kind, **facts)
    desk.meter.job(job.kind, outcome)
