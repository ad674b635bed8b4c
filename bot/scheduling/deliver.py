"""One job, from the claim to the record: look again, mind the manners, say it, write it down.

No transaction is open while Slack is asked. A message carries its job's id as metadata, so that a
second attempt finds what the first one posted, and adopts it instead of saying it twice.
"""

from dataclasses import replace

from bot.domain.job_kinds import FILES, WITHOUT_SLACK, JobKind
from bot.domain.manners import Move, Send
from bot.references import bound
from bot.scheduling import adopting, channels, failing, policy, suspects
from bot.scheduling.desk import Desk
from bot.scheduling.freshness import freshen
from bot.scheduling.jobs import prepare
from bot.scheduling.leases import LEASE_FOR
from bot.scheduling.look import SteppedOut
from bot.scheduling.noting import note
from bot.scheduling.sending import record, send, take_back
from bot.scheduling.steps import Done, Room, Say, Skip, Step, TakeBack, To, Upload
from bot.services.programmes import trouble
from bot.slack.errors import NotYet, Uncertain
from bot.slack.lines import NoLine
from bot.store import claims
from bot.store.tables import Job

__all__ = ["LEASE_FOR", "try_say_one"]


async def try_say_one(desk: Desk, job: Job) -> NotYet | None:
    """Do a claimed job and record what became of it. Nothing but a cancellation escapes.

    Returns NotYet when it was put off because Slack has no room for it.
    """
    with bound(job.reference, job=job.id, kind=job.kind):
        try:
            desk = await _there(desk, job)
            await _say_one(desk, job)
        except NotYet as refusal:
            await failing.put_off(desk, job, refusal)
            return refusal
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the clock goes on
            await failing.record(desk, job, error)
    return None


async def _there(desk: Desk, job: Job) -> Desk:
    """The desk for the job's workspace. Raises NoLine where Slack cannot be reached for it."""
    try:
        return await desk.at(job.workspace_id)
    except NoLine:
        if job.kind in WITHOUT_SLACK:
            return desk
        raise


async def _say_one(desk: Desk, job: Job) -> None:
    if adopting.is_unsure(job):
        return await _leave_unsure(desk, job)
    if await _adopt(desk, job):
        return None
    await suspects.begin(desk, job)
    if job.slack_ts is None and (reason := policy.too_late(job, desk.ctx.now())):
        return await _skip(desk, job, reason)
    step = await _step_of(desk, job)
    if isinstance(step, Done):
        await claims.record_done(desk.ctx.db, job=job, me=desk.me)
        note(desk, job, "done")
        return None
    if isinstance(step, Skip):
        return await _skip(desk, job, step.reason)
    if isinstance(step, TakeBack):
        return await take_back(desk, job, step)
    # What stands in Slack is put right there, whoever has left: it may quote what is deleted.
    if job.slack_ts is None:
        fresh = await _fresh(desk, job, step)
        return None if fresh is None else await _send(desk, job, fresh)
    return await _send(desk, job, step)


async def _step_of(desk: Desk, job: Job) -> Step:
    """What it comes to by the facts of this moment."""
    if job.slack_ts is not None and job.kind in FILES:
        return Done()  # a file that was sent says how things were then
    try:
        return await prepare(desk, job)
    except SteppedOut:
        return Skip("stepped_out") if job.slack_ts is None else Done()


async def _fresh(desk: Desk, job: Job, step: Say | Upload) -> Say | Upload | None:
    """The step for its people as Slack describes them now; None when it may not be said yet.

    A parting word goes where it always went: nobody is known there any more.
    """
    if not (isinstance(step, Say) and step.is_parting):
        step = replace(step, to=await freshen(desk, step.to))
        if channels.anyone_gone(step.to):
            await _skip(desk, job, "person_gone")
            return None
    return step if await _may_go_out(desk, job, step.to) else None


async def _send(desk: Desk, job: Job, step: Say | Upload) -> None:
    try:
        await send(desk, job, step)
    except Uncertain:
        if job.slack_ts is not None or not isinstance(step.to, Room):
            raise
        await _leave_unsure(desk, job)


async def _skip(desk: Desk, job: Job, reason: str) -> None:
    await claims.record_skipped(desk.ctx.db, job=job, me=desk.me, reason=reason)
    note(desk, job, "skipped", reason=reason)


async def _leave_unsure(desk: Desk, job: Job) -> None:
    """It may stand in a channel that we cannot read: once unsaid is better there than said twice.

    The leads are asked to look, and may post the card again.
    """
    note(desk, job, "unsure", level="warning")
    if job.kind is JobKind.PROGRAMME_CARD and job.programme_id is not None:
        await trouble.card_unsure(desk.ctx, programme_id=job.programme_id, job_id=job.id)
    await claims.record_done(desk.ctx.db, job=job, me=desk.me, reason="unsure")


async def _adopt(desk: Desk, job: Job) -> bool:
    """Find what an earlier attempt may have posted; whether that settled the job.

    A revision above the first means that facts changed since then: the message found is put right
    by going on, as an update.
    """
    found = await adopting.find(desk, job)
    if found is None:
        return False
    note(desk, job, "adopted")
    job.slack_channel, job.slack_ts = found.channel, found.ts
    if job.revision > 1 and job.kind not in FILES:
        return False
    await record(desk, job, found)
    return True


async def _may_go_out(desk: Desk, job: Job, to: To) -> bool:
    decision = await policy.may_say(desk.ctx, job, to, desk.me)
    if isinstance(decision, Send):
        return True
    if isinstance(decision, Move):
        await claims.record_moved(desk.ctx.db, job=job, me=desk.me, to=decision.to, reason="moved")
        note(desk, job, "moved", to=decision.to.isoformat())
        return False
    await _skip(desk, job, decision.reason)
    return False
