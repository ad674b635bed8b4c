"""An offer → its jobs: put to the mentor, asked once more, and over."""

from datetime import datetime
from typing import Final

from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import JobKind
from bot.domain.timeline.planned import Planned

OFFER_HOURS: Final = 48  # product.md 1.5; docs/decisions/002-working-hours-48.md says how they run
REMINDER_HOURS: Final = 24  # halfway


def plan_offer(
    offer_id: int, mentor_id: int, mentor_hours: WorkingHours, now: datetime
) -> list[Planned]:
    """The offer itself, one reminder halfway, and the end; the last one's `due_at` is the deadline.

    Times are UTC and by the mentor's hours.
    """
    ends = mentor_hours.add_weekday_hours(now, OFFER_HOURS)
    halfway = mentor_hours.add_weekday_hours(now, REMINDER_HOURS)
    key = f"offer:{offer_id}"
    return [
        Planned(JobKind.OFFER, f"{key}:offer", mentor_id, now, ends),
        Planned(JobKind.OFFER_REMINDER, f"{key}:offer_reminder", mentor_id, halfway, ends),
        Planned(JobKind.OFFER_EXPIRY, f"{key}:offer_expiry", None, ends),
    ]
