"""What a claim of a job came to, and what failed: a line in the log, and one more in the count."""

from typing import Any, Literal

import structlog

from bot.meter import JobOutcome
from bot.scheduling.desk import Desk
from bot.services.errors import is_busy
from bot.store.refusals import code_of
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


def failed(desk: Desk, what: Literal["tick", "sweep"], error: Exception) -> None:
    """Log "tick_failed" by the error's type, and the database's code for it; one that is busy or
    away is no fault."""
    said = {"error": type(error).__name__}
    if code := code_of(error):
        said["code"] = code
    if is_busy(error):
        log.warning(f"{what}_failed", **said)
        return
    log.error(f"{what}_failed", **said)
    desk.meter.faulted(what)
