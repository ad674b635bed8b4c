"""Whether a message may go out now: not too late, and with manners.

A message that stands in Slack already is put right where it is, at any hour: nobody hears of an
update. This is about saying something for the first time.
"""

from datetime import datetime

from bot.domain.hours import SharedHours
from bot.domain.job_kinds import LATENESS, MANNERS
from bot.domain.manners import Decision, Manner, Pause, decide
from bot.scheduling.steps import Group
from bot.services.context import Context
from bot.services.views import PersonView
from bot.store import claims
from bot.store.tables import Job

COUNTED = frozenset(kind for kind, manner in MANNERS.items() if manner.counts)
TIMELY = frozenset(kind for kind, manner in MANNERS.items() if manner is Manner.TIMELY)


def too_late(job: Job, now: datetime) -> str | None:
    """Why it is too late to say `job` at `now`, as a reason, or None when it is not."""
    if job.expires_at is not None and now >= job.expires_at:
        return "expired"
    return "late" if LATENESS[job.kind].too_late(job.due_at, now) else None


async def may_say(ctx: Context, job: Job, to: PersonView | Group) -> Decision:
    """Send, Move or Skip, by the manners of the job's kind and the recipient's day so far."""
    manner, now = MANNERS[job.kind], ctx.now()
    if isinstance(to, Group):
        mentor, mentee = to.members
        hours = SharedHours(mentee.hours, mentor.hours)
        return decide(manner, now, hours, expires_at=job.expires_at)
    said, ahead = await _day_so_far(ctx, to, now) if manner.counts else (0, 0)
    return decide(
        manner,
        now,
        to.hours,
        said_today=said,
        timely_ahead_today=ahead,
        paused=Pause(to.paused_until) if to.is_paused else None,
        expires_at=job.expires_at,
    )


async def _day_so_far(ctx: Context, person: PersonView, now: datetime) -> tuple[int, int]:
    """What the person was sent today because of time, and what must come later today."""
    start, end = person.hours.day_bounds(person.hours.local_day(now))
    said = await claims.said_today(ctx.db, person.id, start, end, COUNTED)
    ahead = await claims.timely_ahead(ctx.db, person.id, now, end, TIMELY)
    return said, ahead
