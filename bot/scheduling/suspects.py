"""Jobs that were claimed again and again without a word of what became of them.

Most are bystanders: their process died of something else. One of them may be what it died of; its
reason then says that it was begun, and it is given up when it was begun once too often.
"""

from typing import Final

from bot.domain.backoff import is_last
from bot.scheduling import channels
from bot.scheduling.desk import Desk
from bot.store import claims
from bot.store.claims import BEGUN, SILENT
from bot.store.tables import Job

SUSPECT_AFTER: Final = 3
"""Claims. A deployment or two in the middle of it makes nobody a suspect."""


class ProcessLost(Exception):
    """Whoever began this job was never heard of again, every time."""


def is_suspect(job: Job) -> bool:
    """Whether it is done alone, so that nothing else is lost with it.

    One whose last failure is known killed nobody, and nobody waits for it.
    """
    return _was_claimed_often(job) and job.reason in SILENT


def _was_claimed_often(job: Job) -> bool:
    return job.attempts > SUSPECT_AFTER


def was_begun(job: Job) -> bool:
    """Whether an earlier attempt began it, and ended without a word."""
    return job.reason == BEGUN


async def begin(desk: Desk, job: Job) -> None:
    """Note that what was claimed often is begun: should it kill, it is a suspect next time.

    Raises ProcessLost when it was begun too often already.
    """
    if not _was_claimed_often(job) or channels.is_for_a_room(job):
        return  # in a room it is decided after one attempt (see `adopting.is_unsure`)
    if was_begun(job) and is_last(job.attempts - 1):
        raise ProcessLost
    await claims.record_begun(desk.ctx.db, job=job, me=desk.me)
