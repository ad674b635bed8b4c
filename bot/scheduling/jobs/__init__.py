"""Reading this folder is reading the life of a session: one file for each kind of job.

Each file says what its job looks at again when it falls due, and what it then says.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.job_kinds import JobKind
from bot.scheduling.jobs import (
    action_ask,
    action_due,
    action_followup,
    action_list,
    action_saved,
    agenda_ask,
    agenda_card,
    agenda_missing,
    agenda_nudge,
    agenda_saved,
    checklist,
    checklist_nudge,
    close,
    erase,
    introduction,
    mentor_welcome,
    offer,
    offer_expiry,
    offer_reminder,
    outcome_ask,
    outcome_deadline,
    outcome_nudge,
    outcome_thanks,
    pause_card,
    plain_answer,
    prompt_choice,
    reminder_day,
    reminder_soon,
    request_news,
    request_receipt,
    request_retry,
    session_cancelled,
    start_card,
    thanks_ask,
    thanks_card,
    thanks_nudge,
    thanks_saved,
    time_nudge,
    time_set,
    time_unset,
)
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

Prepare = Callable[[Context, Job], Awaitable[Step]]

_FILES: Final = (
    action_ask,
    action_due,
    action_followup,
    action_list,
    action_saved,
    agenda_ask,
    agenda_card,
    agenda_missing,
    agenda_nudge,
    agenda_saved,
    checklist,
    checklist_nudge,
    close,
    erase,
    introduction,
    mentor_welcome,
    offer,
    offer_expiry,
    offer_reminder,
    outcome_ask,
    outcome_deadline,
    outcome_nudge,
    outcome_thanks,
    pause_card,
    plain_answer,
    prompt_choice,
    reminder_day,
    reminder_soon,
    request_news,
    request_receipt,
    request_retry,
    session_cancelled,
    start_card,
    thanks_ask,
    thanks_card,
    thanks_nudge,
    thanks_saved,
    time_nudge,
    time_set,
    time_unset,
)

PREPARE: Final[Mapping[JobKind, Prepare]] = MappingProxyType(
    {file.KIND: file.prepare for file in _FILES}
)
"""What to do when a job of this kind falls due."""

assert len(PREPARE) == len(_FILES), "two files say that they are for the same kind of job"
assert set(PREPARE) == set(JobKind), "a kind of job has no file"


async def prepare(ctx: Context, job: Job) -> Step:
    """Look at the job's facts again, and say what is to be done."""
    return await PREPARE[job.kind](ctx, job)
