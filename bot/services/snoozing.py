"""Every nudge can be put off by the person it is for (8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from bot.domain.states import JobState, SessionState, advance, is_final
from bot.domain.timeline.planned import SNOOZED
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.seeing import hours_of
from bot.services.sessions.planning import moment_key
from bot.store.tables import ActionItem, Job, Person, Relationship, Session
from bot.store.work import Work


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


CARRIED_OVER = {
    "kind",
    "workspace_id",
    "recipient_id",
    "request_id",
    "offer_id",
    "session_id",
    "action_id",
    "programme_id",
    "round_id",
    "tie_id",
    "relationship_id",
    "plan",
    "note",
    "expires_at",
}

ASKED_AGAIN_BY = {
    JobKind.OUTCOME_ASK: JobKind.OUTCOME_NUDGE,
    JobKind.TIME_NUDGE: JobKind.TIME_NUDGE,
}
"""Nudges that are followed by another about the same."""


async def snooze(ctx: Context, *, actor_id: int, job_id: int, choice: str) -> datetime:
    """Say this nudge again later, in the person's own hours; returns when (UTC).

    Raises RuleBroken "not_yours", "unknown_choice", "nudge_over" when it would come too late;
    "session_over", "relationship_over" or NotAllowed "action_…" when there is nothing to be
    reminded of any more.
    """
    now = ctx.now()
    if choice not in CHOICES:
        raise RuleBroken("unknown_choice")
    async with ctx.db.work() as work:
        nudge = await _access_nudge(work, actor_id, job_id)
        await _still_to_do(work, nudge)
        person = await work.session.get_one(Person, actor_id)
        until = CHOICES[choice](hours_of(person), now)
        if nudge.expires_at is not None and until >= nudge.expires_at:
            raise RuleBroken("nudge_over")
        await _say_later(work, nudge, until, now)
        await _leave_out(work, nudge, until)
        nudge.snoozed_until = until
        await work.touch(Job.id == nudge.id, now=now)
        await work.commit()
    return until


async def _access_nudge(work: Work, actor_id: int, job_id: int) -> Job:
    """The nudge, held after what it is about, as all do who change both; or "not_yours"."""
    seen = await work.session.get(Job, job_id)
    if seen is None or seen.recipient_id != actor_id or MANNERS[seen.kind] is not Manner.NUDGE:
        raise RuleBroken("not_yours")
    if seen.session_id is not None:
        await work.lock(Session, seen.session_id)
    else:
        await hold_routing(work, seen.workspace_id)
    nudge = await work.lock(Job, job_id)
    assert nudge is not None
    return nudge


async def _still_to_do(work: Work, nudge: Job) -> None:
    """Nobody should be promised a reminder that will never come."""
    if nudge.action_id is not None:
        advance((await work.session.get_one(ActionItem, nudge.action_id)).state, "keep")
    elif nudge.session_id is not None:
        session = await work.session.get_one(Session, nudge.session_id)
        if session.state is SessionState.CANCELLED:
            raise RuleBroken("session_over")
    elif nudge.relationship_id is not None:
        row = await work.session.get_one(Relationship, nudge.relationship_id)
        if is_final(row.state):
            raise RuleBroken("relationship_over")


async def _leave_out(work: Work, nudge: Job, until: datetime) -> None:
    """Asking once more before then would make nothing of the putting off."""
    if nudge.kind in ASKED_AGAIN_BY:
        await work.cancel_unsaid(
            Job.session_id == nudge.session_id,
            Job.recipient_id == nudge.recipient_id,
            Job.kind == ASKED_AGAIN_BY[nudge.kind],
            col(Job.id) != nudge.id,
            col(Job.due_at) < until,
            reason="snoozed",
        )


async def _say_later(work: Work, nudge: Job, until: datetime, now: datetime) -> None:
    """A copy of the nudge for `until`; one that waits already is put off, so none comes twice."""
    root = nudge.dedupe_key.split(SNOOZED)[0]
    statement = select(Job).where(
        Job.recipient_id == nudge.recipient_id,
        Job.state == JobState.PENDING,
        Job.said_revision == 0,
        col(Job.dedupe_key).startswith(root + SNOOZED, autoescape=True),
    )
    copy = (await work.session.execute(statement)).scalars().first()
    if copy is not None:
        copy.due_at = until
        return
    await work.plan(
        Job(
            **nudge.model_dump(include=CARRIED_OVER),
            dedupe_key=f"{root}{SNOOZED}{moment_key(until)}",
            due_at=until,
            state=JobState.PENDING,
            made_at=now,
        )
    )
