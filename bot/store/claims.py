"""Taking due jobs and writing down what became of them, in SQL for any number of processes.

A claim is a lease: `leased_by` says whose, `leased_until` until when, in wall time. Everything is
recorded `WHERE leased_by = me`, and answers False when the lease was lost meanwhile. A job that
failed has a `leased_until` and no owner: nobody takes it before that moment, and `due_at` still
says since when it is late. What is recorded settles only the revision that was claimed; a job
touched in between stays pending.
"""

from collections.abc import Collection
from datetime import datetime

from bot.domain.job_kinds import JobKind
from bot.store import recording
from bot.store.claiming import claim
from bot.store.due import (
    count_said,
    next_due,
    next_hold,
    said_today,
    timely_ahead,
)
from bot.store.engine import Database
from bot.store.recording import record
from bot.store.restored import RESTORED
from bot.store.tables import Job, Person

__all__ = [
    "claim",
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

BEGUN_ANEW = "begun_anew"
"""The same of one whose attempt before failed for a reason that was known: it killed nobody yet."""

SILENT = frozenset({None, BEGUN, BEGUN_ANEW})
"""The reasons of a job whose last attempt ended without a word."""


async def renew(db: Database, *, job: Job, me: str, until: datetime) -> bool:
    """Keep the lease until `until` (wall time); False when it is no longer ours."""
    return await record(db, recording.KEPT, job, me, leased_until=until)


async def record_sending(db: Database, *, job: Job, me: str, until: datetime) -> bool:
    """It is about to be sent, and nobody could tell afterwards; keeps the lease as `renew` does."""
    return await record(db, recording.KEPT, job, me, leased_until=until, reason=SENDING)


async def record_begun(db: Database, *, job: Job, me: str) -> bool:
    """It is about to be done, and may be what its processes died of."""
    reason = BEGUN if job.reason in SILENT else BEGUN_ANEW
    return await record(db, recording.KEPT, job, me, reason=reason)


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
    quicker = count_said(job.recipient_id, since, until, kinds, job)
    async with db.work() as work:
        # One at a time for each person; this lock leaves rows that refer to them alone.
        await work.session.get(Person, job.recipient_id, with_for_update={"key_share": True})
        if (await work.session.execute(quicker)).scalar_one() != seen:
            return False
        mine = {"job_id": job.id, "me": me, "said_at": now}
        await work.session.execute(recording.KEPT, mine)
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
    said_as: str | None = None,
    reason: str | None = None,
) -> bool:
    """The message stands in Slack as `job.revision` says; said for the first time at `now`.

    `said_as` is the mark of its words, None where they are not known for sure.
    """
    return await record(
        db,
        recording.SAID,
        job,
        me,
        slack_channel=channel,
        slack_ts=ts,
        said_revision=job.revision,
        now=now,
        said_as=said_as,
        reason=reason,
    )


async def record_done(db: Database, *, job: Job, me: str, reason: str | None = None) -> bool:
    """A chore was done, or there is no more to do, for this reason (a key)."""
    return await record(db, recording.DONE, job, me, reason=reason)


async def record_skipped(db: Database, *, job: Job, me: str, reason: str) -> bool:
    """It will not be said, for this reason (a key)."""
    return await record(db, recording.SKIPPED, job, me, reason=reason)


async def record_moved(db: Database, *, job: Job, me: str, to: datetime, reason: str) -> bool:
    """Manners moved it to `to`; this claim was no attempt."""
    return await record(db, recording.MOVED, job, me, due_at=to, reason=reason)


async def record_failed(
    db: Database, *, job: Job, me: str, retry_at: datetime, reason: str, refused: bool = False
) -> bool:
    """It went wrong and is to be tried again, not before `retry_at` (wall time).

    Unless it was `refused`, it may have arrived, and keeps its place in the recipient's day.
    """
    how = recording.REFUSED if refused else recording.FAILED
    reason = RESTORED if job.reason == RESTORED else reason  # it is still to be looked for
    return await record(db, how, job, me, leased_until=retry_at, reason=reason)


async def record_held(
    db: Database, *, job: Job, me: str, until: datetime, reason: str | None = None
) -> bool:
    """Nobody can be reached for it before `until` (wall time), or until it is let go; no attempt.

    Without a `reason` its own stays: that of an attempt which may have arrived says so, and so does
    that of a job which may have been said before the database was put back.
    """
    said = {} if reason is None or job.reason == RESTORED else {"reason": reason}
    return await record(db, recording.HELD, job, me, leased_until=until, **said)


async def record_dead(db: Database, *, job: Job, me: str, reason: str) -> bool:
    """It went wrong for good."""
    return await record(db, recording.DEAD, job, me, reason=reason)


async def release(db: Database, *, job: Job, me: str) -> bool:
    """Give it back untouched, for whoever claims next."""
    return await record(db, recording.GIVEN_BACK, job, me, job_ids=[job.id])


async def release_all(db: Database, *, jobs: Collection[Job], me: str) -> None:
    """The same for several."""
    if jobs:
        await db.change(recording.GIVEN_BACK, {"job_ids": [job.id for job in jobs], "me": me})
