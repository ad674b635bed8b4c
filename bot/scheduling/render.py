"""From a step to the message it says."""

from typing import Any

from bot.scheduling.desk import Desk, Words
from bot.scheduling.steps import Group, Leads, Room, Say, To, Upload
from bot.services.views import PersonView
from bot.slack.message import Message
from bot.store.tables import Job


def render(desk: Desk, job: Job, step: Say) -> Message:
    """What `job` says now, in the language of whoever reads it."""
    words = words_for(desk, step.to)
    common = _common(job, step.to, step.note)
    if job.snoozed_until is not None:
        return words.message("snoozed", snoozed_until=job.snoozed_until, **common)
    facts = dict(step.facts)
    if step.sentence is not None:
        facts["sentence"] = words.sentence(step.sentence, **facts)
    return words.message(step.template, **facts, **common)


def words_of(desk: Desk, job: Job, step: Upload) -> Message | None:
    """What stands with files, if anything does."""
    if step.template is None:
        return None
    return words_for(desk, step.to).message(step.template, **step.facts, **_common(job, step.to))


def words_for(desk: Desk, to: To) -> Words:
    """The words for one reader, or for several in what they share; a channel has many readers."""
    if isinstance(to, Room):
        return desk.templates.to()
    readers = to.members if isinstance(to, Group | Leads) else (to,)
    return desk.templates.to(*(person.locale for person in readers))


def _common(job: Job, to: To, note: str | None = None) -> dict[str, Any]:
    me = to if isinstance(to, PersonView) else None
    return {"me": me, "job_id": job.id, "note": note or job.note}
