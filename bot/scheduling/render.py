"""From a step to the message it says."""

from typing import Any

from bot.scheduling.desk import Desk
from bot.scheduling.steps import Say, To, Upload
from bot.services.views import PersonView
from bot.slack.message import Message
from bot.store.tables import Job


def render(desk: Desk, job: Job, step: Say) -> Message:
    """What `job` says now, in words."""
    common = _common(job, step.to, step.note)
    if job.snoozed_until is not None:
        return desk.templates.message("snoozed", snoozed_until=job.snoozed_until, **common)
    facts = dict(step.facts)
    if step.sentence is not None:
        facts["sentence"] = desk.templates.sentence(step.sentence)
    return desk.templates.message(step.template, **facts, **common)


def words_of(desk: Desk, job: Job, step: Upload) -> Message | None:
    """What stands with files, if anything does."""
    if step.template is None:
        return None
    return desk.templates.message(step.template, **step.facts, **_common(job, step.to))


def _common(job: Job, to: To, note: str | None = None) -> dict[str, Any]:
    me = to if isinstance(to, PersonView) else None
    return {"me": me, "job_id": job.id, "note": note or job.note}
