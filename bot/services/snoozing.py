"""Every nudge can be put off by the person it is for (8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.errors import RuleBroken
from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import MANNERS
from bot.domain.manners import Manner
from bot.domain.states import JobState
from bot.services.context import Context
from bot.services.planning import moment_key
from bot.services.seeing import hours_of
from bot.store.tables import Job, Person


def _tomorrow(hours: WorkingHours, now: datetime) -> datetime:
    return hours.next_open(hours.day_bounds(hours.local_day(now))[1])


def _next_week(hours: WorkingHours, now: datetime) -> datetime:
    today = hours.local_day(now)
    monday = today + timedelta(days=7 - today.weekday())
    return hours.next_open(hours.day_bounds(monday)[0])


CHOICES: dict[str, Callable[[WorkingHours, datetime], datetime]] = {
    "hour": lambda hours, now: hours.next_open(now + timedelta(hours=1)),
    "tomorrow": _tomorrow,
    "next_week": _next_week,
}


async def snooze(ctx: Context, *, actor_id: int, job_id: int, choice: str) -> datetime:
    """Say this nudge again later, in the person's own hours; returns when (UTC).

    Raises RuleBroken "not_yours", "unknown_choice", "nudge_over" when it would come too late.
    """
    now = ctx.now()
    if choice not in CHOICES:
        raise RuleBroken("unknown_choice")
    async with ctx.db.work() as work:
        nudge = await work.lock(Job, job_id)
        if (
            nudge is None
            or nudge.recipient_id != actor_id
            or MANNERS[nudge.kind] is not Manner.NUDGE
        ):
            raise RuleBroken("not_yours")
        person = await work.session.get_one(Person, actor_id)
        until = CHOICES[choice](hours_of(person), now)
        if nudge.expires_at is not None and until >= nudge.expires_at:
            raise RuleBroken("nudge_over")
        root = nudge.dedupe_key.split(":snoozed:")[0]
        later = Job(
            **nudge.model_dump(
                include={
                    "kind",
                    "workspace_id",
                    "recipient_id",
                    "request_id",
                    "offer_id",
                    "session_id",
                    "action_id",
                    "plan",
                    "note",
                    "expires_at",
                }
            ),
            dedupe_key=f"{root}:snoozed:{moment_key(until)}",
            due_at=until,
            state=JobState.PENDING,
            made_at=now,
        )
        nudge.snoozed_until = until
        await work.plan([later])
        await work.session.flush()
        await work.touch(Job.id == nudge.id, now=now)
        await work.commit()
    return until
