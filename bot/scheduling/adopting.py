"""Finding what an earlier attempt may have said, so that nothing is said twice.

A message carries its job's id as metadata, and files carry it in their names. In a programme's
channel Lantern may not read: what may have arrived there is left alone, and the leads are told.
"""

from datetime import timedelta

from bot.domain.job_kinds import FILES, MANNERS, JobKind
from bot.domain.manners import Manner
from bot.scheduling import channels
from bot.scheduling.desk import Desk
from bot.scheduling.jobs import prepare
from bot.scheduling.look import SteppedOut
from bot.scheduling.steps import Room, Say, Upload
from bot.scheduling.threads import Place
from bot.slack.errors import CHANNEL_GONE, THREAD_GONE, Permanent
from bot.slack.gateway import Posted
from bot.store.claims import SENDING
from bot.store.restored import RESTORED
from bot.store.tables import Job


async def find(desk: Desk, job: Job) -> Posted | None:
    """What stands in Slack from an earlier attempt, if anything does."""
    if job.attempts < 2 or job.slack_ts is not None or channels.is_for_a_room(job):
        return None
    if MANNERS[job.kind] is Manner.CHORE:
        return None  # says nothing
    place = await channels.known(desk.ctx, job)
    if place is None and job.reason == RESTORED:
        place = await _opened_again(desk, job)
    if place is None:
        return None  # nothing was ever posted there: the channel is remembered first
    try:
        return await _look(desk, job, place)
    except Permanent as error:
        if error.code in CHANNEL_GONE:
            return await _look_elsewhere(desk, job, place)
        if place.thread_ts is None or error.code not in THREAD_GONE:
            raise
        return await _look(desk, job, Place(place.channel))


async def _opened_again(desk: Desk, job: Job) -> Place | None:
    """Where it would be said. After a restore, conversations that were opened since are forgotten;
    to open one again disturbs nobody."""
    try:
        step = await prepare(desk, job)
    except SteppedOut:
        return None
    if not isinstance(step, Say | Upload) or isinstance(step.to, Room):
        return None
    return Place(await channels.resolve(desk, step.to))


async def _look_elsewhere(desk: Desk, job: Job, closed: Place) -> Posted | None:
    """It was or will be said in another conversation of the same people: see there, if there is."""
    opened = await channels.opened(desk.ctx, job)
    if opened in (None, closed.channel):
        return None
    return await _look(desk, job, Place(opened))


async def _look(desk: Desk, job: Job, place: Place) -> Posted | None:
    # Slack's clock is real, or moves with ours; under a faster clock ours is ahead of it.
    oldest = min(job.due_at, desk.ctx.clock.wall()) - timedelta(days=1)
    where = (place.channel, job.id, oldest, place.thread_ts)
    if job.kind in FILES:
        return await desk.gateway.find_files(*where)
    found = await desk.gateway.find_posted(*where)
    if found is None and job.kind is JobKind.BLANKED:  # it may have been files before
        return await desk.gateway.find_files(*where)
    return found


def is_unsure(job: Job) -> bool:
    """Whether it may stand in a channel we cannot read: an attempt ended without a word of it."""
    if job.attempts < 2 or job.slack_ts is not None or not channels.is_for_a_room(job):
        return False
    return job.reason in (None, SENDING, RESTORED)
