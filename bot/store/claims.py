"""Taking due jobs and writing down what became of them, in SQL for any number of processes.

A claim is a lease: `leased_by` says whose, `leased_until` until when, in wall time. Everything is
recorded `WHERE leased_by = me`, and answers False when the lease was lost meanwhile. A job that
failed has a `leased_until` and no owner: nobody takes it before that moment, and `due_at` still
says since when it is late. What is recorded settles only the revision that was claimed; a job
touched in between stays pending.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, update
from sqlmodel import col

from bot.domain.job_kinds import JobKind
from bot.domain.ranks import Rank
from bot.store.claiming import claim
from bot.store.due import (
    PENDING,
    count_said,
    job_counts,
    next_due,
    next_hold,
    said_today,
    timely_ahead,
)
from bot.store.engine import Database
from bot.store.tables import Job, Person

__all__ = [
    "claim",
    "job_counts",
    "next_due",
    "next_hold",
    "record_begun",
    "record_dead",
    "record_done",
    "record_failed",
    "record_held",
    "record_moved",
    "record_said",
    "record_sending",
    "record_skipped",
    "release",
    "release_all",
    "renew",
    "said_today",
    "take_place",
    "timely_ahead",
]

SENDING = "sending"
"""The reason of a job on its way to where nobody can look whether it arrived."""

BEGUN = "begun"
"""The reason of a job at work that was claimed often, without a word of what became of it."""

_FREE: dict[str, Any] = {"leased_by": None, "leased_until": None}


async def renew(db: Database, *, job: Job, me: str, until: datetime) -> bool:
    """Keep the lease until `until` (wall time); False when it is no longer ours."""
    return await _record(db, job, me, leased_until=until)


async def record_sending(db: Database, *, job: Job, me: str, until: datetime) -> bool:
    """It is about to be sent, and nobody could tell afterwards; keeps the lease as `renew` does."""
    return await _record(db, job, me, leased_until=until, reason=SENDING)


async def record_begun(db: Database, *, job: Job, me: str) -> bool:
    """It is about to be done, and may be what its processes died of."""
    return await _record(db, job, me, reason=BEGUN)


async def take_place(
    db: Database,
    *,
    job: Job,
    me: str,
    now: datetime,
    since: datetime,
    until: datetime,
    kinds: Collection[JobKind],
    seen: int,
) -> bool:
    """Count `job` among what its recipient is told today, if still `seen` others are.

    False when another process was quicker: count again. Without this, two processes that each find
    two nudges said would both say the third.
    """
    assert job.recipient_id is not None
    quicker = count_said(job.recipient_id, since, until, kinds, job.id)
    async with db.work() as work:
        # One at a time for each person; this lock leaves rows that refer to them alone.
        await work.session.get(Person, job.recipient_id, with_for_update={"key_share": True})
        if (await work.session.execute(quicker)).scalar_one() != seen:
            return False
        await work.session.execute(
            update(Job)
            .where(col(Job.id) == job.id, col(Job.leased_by) == me)
            .values(said_at=now)
            .execution_options(synchronize_session=False)
        )
        await work.commit()
    return True


async def record_said(
    db: Database,
    *,
    job: Job,
    me: str,
    channel: str,
    ts: str,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """The message stands in Slack as `job.revision` says; said for the first time at `now`."""
    return await _record(
        db,
        job,
        me,
        slack_channel=channel,
        slack_ts=ts,
        said_at=func.coalesce(Job.said_at, now),
        said_revision=job.revision,
        # Touched or cancelled on its way: it stands in Slack now, so it must be put right there.
        state=case((col(Job.revision) == job.revision, literal_column("'done'")), else_=PENDING),
        attempts=0,
        reason=reason,
        rank=int(Rank.PUT_RIGHT),  # whatever comes of it from now on
        **_FREE,
    )


async def record_done(db: Database, *, job: Job, me: str, reason: str | None = None) -> bool:
    """A chore was done, or there is no more to do, for this reason (a key)."""
    return await _record(db, job, me, state=_settled(job, "done"), reason=reason, **_FREE)


async def record_skipped(db: Database, *, job: Job, me: str, reason: str) -> bool:
    """It will not be said, for this reason (a key)."""
    return await _record(
        db, job, me, state=_settled(job, "skipped"), said_at=_unsaid(), reason=reason, **_FREE
    )


async def record_moved(db: Database, *, job: Job, me: str, to: datetime, reason: str) -> bool:
    """Manners moved it to `to`; this claim was no attempt."""
    return await _record(
        db, job, me, due_at=to, attempts=_one_less(), said_at=_unsaid(), reason=reason, **_FREE
    )


async def record_failed(
    db: Database, *, job: Job, me: str, retry_at: datetime, reason: str
) -> bool:
    """It went wrong and is to be tried again, not before `retry_at` (wall time)."""
    return await _record(
        db, job, me, leased_by=None, leased_until=retry_at, said_at=_unsaid(), reason=reason
    )


async def record_held(
    db: Database, *, job: Job, me: str, until: datetime, reason: str | None = None
) -> bool:
    """Nobody can be reached for it before `until` (wall time), or until it is let go; no attempt.

    Without a `reason` its own stays: that of an attempt which may have arrived says so.
    """
    said = {} if reason is None else {"reason": reason}
    return await _record(
        db,
        job,
        me,
        attempts=_one_less(),
        leased_by=None,
        leased_until=until,
        said_at=_unsaid(),
        **said,
    )


async def record_dead(db: Database, *, job: Job, me: str, reason: str) -> bool:
    """It went wrong for good."""
    return await _record(
        db, job, me, state=_settled(job, "dead"), said_at=_unsaid(), reason=reason, **_FREE
    )


async def release(db: Database, *, job: Job, me: str) -> bool:
    """Give it back untouched, for whoever claims next."""
    return await _record(db, job, me, attempts=_one_less(), **_FREE)


async def release_all(db: Database, *, jobs: Collection[Job], me: str) -> None:
    """The same for several."""
    if not jobs:
        return
    async with db.work() as work:
        await work.session.execute(
            update(Job)
            .where(col(Job.id).in_([job.id for job in jobs]), col(Job.leased_by) == me)
            .values(attempts=_one_less(), **_FREE)
            .execution_options(synchronize_session=False)
        )
        await work.commit()


async def _record(db: Database, job: Job, me: str, **values: Any) -> bool:
    statement = (
        update(Job)
        .where(col(Job.id) == job.id, col(Job.leased_by) == me)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(await db.change(statement))


def _settled(job: Job, state: str) -> ColumnElement[str]:
    """`state`, unless the job was touched since (then it waits) or cancelled (then it stays so)."""
    ours = and_(col(Job.state) == PENDING, col(Job.revision) == job.revision)
    return case((ours, literal_column(f"'{state}'")), else_=Job.state)


def _one_less() -> ColumnElement[int]:
    return case((col(Job.attempts) > 0, Job.attempts - 1), else_=0)


def _unsaid() -> ColumnElement[datetime | None]:
    """Gives back a place in the day's count that was taken for a message that did not go out."""
    return case((col(Job.slack_ts).is_(None), None), else_=Job.said_at)
