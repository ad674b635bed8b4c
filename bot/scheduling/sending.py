"""Saying it: a message posted or put right in place, or files sent.

What was posted is recorded under the lease, which is looked at just before each call to Slack.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

import structlog

from bot.domain.job_kinds import MANNERS
from bot.scheduling import channels, failing, threads
from bot.scheduling.desk import Desk
from bot.scheduling.leases import Lease, Lost
from bot.scheduling.noting import note
from bot.scheduling.render import render, words_for, words_of
from bot.scheduling.steps import Leads, Room, Say, TakeBack, Upload
from bot.scheduling.threads import Place
from bot.slack.errors import CHANNEL_GONE, THREAD_GONE, Permanent
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.store import claims
from bot.store.tables import Job

Sayer = Callable[[Place], Awaitable[Posted]]

# What Slack says when a message of ours is there no longer, or is closed to us for good: there is
# nothing left to keep true.
_OUT_OF_REACH = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})

log = structlog.get_logger(__name__)


async def send(desk: Desk, job: Job, step: Say | Upload) -> None:
    """Say the step in Slack and record it. Raises the errors of `bot.slack.errors`."""
    await desk.quiet()
    stands = job.slack_ts is not None
    lease = Lease(desk, job, blind=isinstance(step.to, Room) and not stands)
    try:
        if stands:
            assert isinstance(step, Say)
            await _put_right(desk, job, step, lease)
        else:
            await _say(desk, job, step, lease)
    except Lost:
        note(desk, job, "lost", level="warning")


async def _say(desk: Desk, job: Job, step: Say | Upload, lease: Lease) -> None:
    # What is wrong with the words shows before anything is opened.
    said_as = None
    if isinstance(step, Upload):
        say = await _uploader(desk, job, step, lease)
    else:
        message = render(desk, job, step)
        said_as = _mark(desk, message)
        say = _poster(desk, job, message, lease)
    place = await _place(desk, step)
    await lease.sure()  # and again when its turn has come
    await record(desk, job, await _say_somewhere(desk, step, say, place), said_as)


def _poster(desk: Desk, job: Job, message: Message, lease: Lease) -> Sayer:
    return lambda place: desk.gateway.post(
        place.channel,
        message,
        metadata_id=job.id,
        thread_ts=place.thread_ts,
        sure=lease.sure,
    )


async def _uploader(desk: Desk, job: Job, step: Upload, lease: Lease) -> Sayer:
    words = words_of(desk, job, step)
    files = step.files
    if step.draw is not None:  # pictures take a processor, and everybody else waits for none
        files = await asyncio.to_thread(step.draw, words_for(desk, step.to))
    return lambda place: desk.gateway.upload(
        place.channel,
        files,
        mark=job.id,
        thread_ts=place.thread_ts,
        message=words,
        sure=lease.sure,
    )


def _mark(desk: Desk, message: Message) -> str:
    """By which the same words are known, under the installation's key."""
    return desk.ctx.db.mark(message.exact)


async def _say_somewhere(desk: Desk, step: Say | Upload, say: Sayer, place: Place) -> Posted:
    """Said in its place; beside its thread when somebody deleted the thread's first message; and
    in a new conversation of the same people when theirs is closed to us."""
    try:
        return await say(place)
    except Permanent as error:
        if place.thread_ts is not None and error.code in THREAD_GONE:
            return await say(Place(place.channel))
        if error.code in CHANNEL_GONE and not isinstance(step.to, Room):
            return await say(Place(await channels.resolve(desk, channels.anew(step.to))))
        raise


async def _place(desk: Desk, step: Say | Upload) -> Place:
    under = step.under if isinstance(step, Upload) else None
    if isinstance(step.to, Leads):
        under = under or step.to.under
    thread = await threads.thread_of(desk.ctx, under)
    return thread or Place(await channels.resolve(desk, step.to))


async def _put_right(desk: Desk, job: Job, step: Say, lease: Lease) -> None:
    standing = Posted(job.slack_channel or "", job.slack_ts or "")
    message = render(desk, job, step)
    said_as = _mark(desk, message)
    if job.attempts <= 1 and job.said_as == said_as:  # Slack has better to do than to hear it again
        return await record(desk, job, standing, said_as, outcome="same")
    await lease.sure()
    try:
        await desk.gateway.update(standing.channel, standing.ts, message, sure=lease.sure)
    except Permanent as error:
        if error.code not in _OUT_OF_REACH and not _is_closed(step, error):
            raise
        log.warning("job_message_gone", job=job.id, kind=job.kind, code=error.code)
        await record(desk, job, standing, reason=error.code)
    else:
        await record(desk, job, standing, said_as)
    return None


def _is_closed(step: Say, error: Permanent) -> bool:
    """Whether it stands in a conversation that is closed to us; a channel may be opened again."""
    return error.code in CHANNEL_GONE and not isinstance(step.to, Room)


async def take_back(desk: Desk, job: Job, step: TakeBack) -> None:
    """Delete the files of the step and record it. Doing it twice changes nothing."""
    assert job.slack_ts is not None
    await desk.quiet()
    for file_id in step.files:
        await desk.gateway.delete_file(file_id)
    await record(desk, job, Posted(job.slack_channel or "", job.slack_ts))


async def record(
    desk: Desk,
    job: Job,
    posted: Posted,
    said_as: str | None = None,
    *,
    outcome: Literal["said", "same"] = "said",
    reason: str | None = None,
) -> None:
    """Write down that the job's message stands there as the job was claimed."""
    ours = await failing.patiently(
        lambda: claims.record_said(
            desk.ctx.db,
            job=job,
            me=desk.me,
            channel=posted.channel,
            ts=posted.ts,
            now=desk.ctx.now(),
            said_as=said_as,
            reason=reason,
        )
    )
    if ours:
        note(desk, job, outcome, revision=job.revision)
        if not job.said_revision:
            lag = desk.ctx.now() - job.due_at
            desk.meter.lag(MANNERS[job.kind], lag.total_seconds())
    else:
        note(desk, job, "lost", level="warning")
