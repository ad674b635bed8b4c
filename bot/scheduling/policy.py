"""Whether a message may go out now: not too late, and with manners.

A message that stands in Slack already is put right where it is, at any hour: nobody hears of an
update. This is about saying something for the first time.
"""

from datetime import datetime

from bot.domain.job_kinds import AGREED, LATENESS, MANNERS, URGENT, WITH_THE_START
from bot.domain.manners import Decision, Hours, Manner, Pause, Send, decide
from bot.domain.timeline.planned import SNOOZED
from bot.scheduling.company import of_all, of_any
from bot.scheduling.steps import Group, Leads, Room, To
from bot.services.context import Context
from bot.services.views import PersonView
from bot.store import claims
from bot.store.tables import Job

COUNTED = frozenset(kind for kind, manner in MANNERS.items() if manner.counts) - WITH_THE_START
TIMELY = frozenset(kind for kind in COUNTED if MANNERS[kind] is Manner.TIMELY)
TIMELY_FOR = max(grace for kind in TIMELY if (grace := LATENESS[kind].grace) is not None)
"""For how long after its minute something timely may still be on its way."""


def too_late(job: Job, now: datetime) -> str | None:
    """Why it is too late to say `job` at `now`, as a reason, or None when it is not."""
    if job.expires_at is not None and now >= job.expires_at and job.kind not in URGENT:
        return "expired"
    return "late" if LATENESS[job.kind].too_late(job.due_at, now) else None


async def may_say(ctx: Context, job: Job, to: To, me: str) -> Decision:
    """Send, Move or Skip, by the manners of the job's kind and the recipient's day so far.

    `me` holds the job's lease. Send means that it has its place among the three of the day.
    """
    manner, now = _manner(job), ctx.now()
    # Past it nothing is gained any more by saying it at an odd hour (see `URGENT`).
    pointless_at = job.expires_at if job.expires_at and job.expires_at > now else None
    if not isinstance(to, PersonView):
        return _decide_for_several(manner, now, to, pointless_at)
    if manner.counts:
        return await _count_and_decide(ctx, job, to, me)
    return decide(manner, now, to.hours, expires_at=pointless_at)


def _manner(job: Job) -> Manner:
    """How it treats its reader. What was planned for later answers nothing that they did just now:
    it is news."""
    manner = MANNERS[job.kind]
    return Manner.NEWS if manner is Manner.ANSWER and job.due_at > job.made_at else manner


def _decide_for_several(
    manner: Manner, now: datetime, to: Group | Leads | Room, pointless_at: datetime | None
) -> Decision:
    hours = _hours_of(to)
    decision = decide(manner, now, hours, expires_at=pointless_at)
    if isinstance(decision, Send) and isinstance(to, Group) and not hours.is_open(now):
        # Too late for all together. It may be in time for one of them, and is said to all then.
        return decide(manner, now, of_any(to.members), expires_at=pointless_at)
    return decision


def _hours_of(to: Group | Leads | Room) -> Hours:
    """When several people are told at once. None of their days has a count for that."""
    if isinstance(to, Room):
        return to.hours
    return of_any(to.members) if isinstance(to, Leads) else of_all(to.members)


def _pause(job: Job, to: PersonView) -> Pause | None:
    if not to.is_paused or job.kind in AGREED:
        return None
    return Pause(to.paused_until)


async def _count_and_decide(ctx: Context, job: Job, to: PersonView, me: str) -> Decision:
    now = ctx.now()
    start, end = to.hours.day_bounds(to.hours.local_day(now))
    is_put_off = SNOOZED in job.dedupe_key  # several of them leave each other no room
    while True:
        said = await claims.said_today(ctx.db, to.id, start, end, COUNTED, beside=job)
        ahead = await claims.timely_ahead(
            ctx.db, to.id, now - TIMELY_FOR, end, TIMELY, or_put_off=not is_put_off
        )
        decision = decide(
            MANNERS[job.kind],
            now,
            to.hours,
            said_today=said,
            timely_ahead_today=ahead,
            paused=_pause(job, to),
            expires_at=job.expires_at,
        )
        if not isinstance(decision, Send) or await claims.take_place(
            ctx.db,
            job=job,
            me=me,
            now=now,
            since=start,
            until=end,
            kinds=COUNTED,
            seen=said,
        ):
            return decision
