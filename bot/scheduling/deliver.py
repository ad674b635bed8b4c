"""One job, from the claim to the record: look again, mind the manners, say it, write it down.

No transaction is open while Slack is asked. A message carries its job's id as metadata, so that a
second attempt finds what the first one posted, and adopts it instead of saying it twice.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog

from bot.domain.manners import Move, Send
from bot.scheduling import channels, failing, policy
from bot.scheduling.desk import Desk
from bot.scheduling.freshness import freshen
from bot.scheduling.jobs import prepare
from bot.scheduling.steps import Done, Group, Say, Skip
from bot.slack.errors import Permanent
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.store import claims
from bot.store.tables import Job

LEASE_FOR = timedelta(minutes=2)
"""How long (wall time) a claim lasts: well beyond the slowest call to Slack."""

# What Slack says when a message of ours is there no longer, or is closed to us for good: there is
# nothing left to keep true.
_OUT_OF_REACH = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})

log = structlog.get_logger(__name__)


async def try_say_one(desk: Desk, job: Job) -> None:
    """Do a claimed job and record what became of it. Nothing but a cancellation escapes."""
    try:
        await _say_one(desk, job)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the clock goes on
        await failing.record(desk, job, error)


async def _say_one(desk: Desk, job: Job) -> None:
    db, me = desk.ctx.db, desk.me
    if await _adopt(desk, job):
        return None
    if job.slack_ts is None and (reason := policy.too_late(job, desk.ctx.now())):
        return await _skip(desk, job, reason)
    step = await prepare(desk.ctx, job)
    if isinstance(step, Done):
        await claims.record_done(db, job=job, me=me)
        log.info("job_done", job=job.id, kind=job.kind)
        return None
    if isinstance(step, Skip):
        return await _skip(desk, job, step.reason)
    if job.slack_ts is None:
        step = replace(step, to=await freshen(desk, step.to))
    if channels.anyone_gone(step.to):
        return await _skip(desk, job, "person_gone")
    if job.slack_ts is None and not await _may_go_out(desk, job, step.to):
        return None
    await _send(desk, job, step)
    return None


async def _skip(desk: Desk, job: Job, reason: str) -> None:
    await claims.record_skipped(desk.ctx.db, job=job, me=desk.me, reason=reason)
    log.info("job_skipped", job=job.id, kind=job.kind, reason=reason)


async def _adopt(desk: Desk, job: Job) -> bool:
    """Find what an earlier attempt may have posted; whether that settled the job.

    A revision above the first means that facts changed since then: the message found is put right
    by going on, as an update.
    """
    if job.attempts < 2 or job.slack_ts is not None:
        return False
    channel = await channels.known(desk.ctx, job)
    if channel is None:
        return False  # nothing was ever posted there: the channel is remembered first
    # Slack's clock is real, or moves with ours; under a faster clock ours is ahead of it.
    oldest = min(job.due_at, desk.ctx.clock.wall()) - timedelta(days=1)
    found = await desk.gateway.find_posted(channel, job.id, oldest)
    if found is None:
        return False
    log.info("job_adopted", job=job.id, kind=job.kind)
    job.slack_channel, job.slack_ts = found.channel, found.ts
    if job.revision > 1:
        return False
    await _record(desk, job, found)
    return True


async def _may_go_out(desk: Desk, job: Job, to: Any) -> bool:
    decision = await policy.may_say(desk.ctx, job, to, desk.me)
    if isinstance(decision, Send):
        return True
    if isinstance(decision, Move):
        await claims.record_moved(desk.ctx.db, job=job, me=desk.me, to=decision.to, reason="moved")
        log.info("job_moved", job=job.id, kind=job.kind, to=decision.to.isoformat())
        return False
    await _skip(desk, job, decision.reason)
    return False


async def _send(desk: Desk, job: Job, step: Say) -> None:
    await desk.quiet()
    message = _render(desk, job, step)
    channel = job.slack_channel or await channels.resolve(desk, step.to)
    if not await _still_ours(desk, job):
        log.warning("job_lease_lost", job=job.id, kind=job.kind)
        return
    if job.slack_ts is None:
        posted = await desk.gateway.post(channel, message, metadata_id=job.id)
        await _record(desk, job, posted)
        return
    standing = Posted(channel, job.slack_ts)
    try:
        await desk.gateway.update(channel, job.slack_ts, message)
    except Permanent as error:
        if error.code not in _OUT_OF_REACH:
            raise
        log.warning("job_message_gone", job=job.id, kind=job.kind, code=error.code)
        await _record(desk, job, standing, reason=error.code)
    else:
        await _record(desk, job, standing)


async def _still_ours(desk: Desk, job: Job) -> bool:
    """Whether the lease lasts for a call to Slack; it is renewed when half of it is gone."""
    wall = desk.ctx.clock.wall()
    if job.leased_until is not None and job.leased_until - wall > LEASE_FOR / 2:
        return True  # nobody else may take it before then
    return await claims.renew(desk.ctx.db, job=job, me=desk.me, until=wall + LEASE_FOR)


def _render(desk: Desk, job: Job, step: Say) -> Message:
    me = None if isinstance(step.to, Group) else step.to
    common: dict[str, Any] = {"me": me, "job_id": job.id, "note": step.note or job.note}
    if job.snoozed_until is not None:
        return desk.templates.message("snoozed", snoozed_until=job.snoozed_until, **common)
    facts = dict(step.facts)
    if step.sentence is not None:
        facts["sentence"] = desk.templates.sentence(step.sentence)
    return desk.templates.message(step.template, **facts, **common)


async def _record(desk: Desk, job: Job, posted: Posted, reason: str | None = None) -> None:
    ours = await failing.patiently(
        lambda: claims.record_said(
            desk.ctx.db,
            job=job,
            me=desk.me,
            channel=posted.channel,
            ts=posted.ts,
            now=desk.ctx.now(),
            reason=reason,
        )
    )
    if ours:
        log.info("job_said", job=job.id, kind=job.kind, revision=job.revision)
    else:
        log.warning("job_lease_lost", job=job.id, kind=job.kind)
