"""When a job did not work: try again later, give up, or leave a person who is gone in peace.

Nothing that somebody wrote reaches the log: an error is named by its type, its place in the code,
Slack's code for it, and a reference to quote.
"""

import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.domain.backoff import PATIENT_FOR, PATIENT_WITH_US, is_last, retry_in
from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from bot.references import current, new_reference
from bot.scheduling.channels import is_for_a_room
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import programme_id_of
from bot.scheduling.noting import note
from bot.scheduling.threads import HeadUnsaid
from bot.services.errors import is_busy
from bot.services.lists import importing, importing_reading
from bot.services.programmes import trouble
from bot.slack.errors import (
    ARCHIVED,
    CHANNEL_GONE,
    OUR_TOKEN,
    PERSON_GONE,
    TOKEN_VOID,
    NotYet,
    Permanent,
    Transient,
    Uncertain,
)
from bot.slack.lines import Line, Lines, NoLine
from bot.store import claims
from bot.store.tables import Job

RECORD_TRIES = 3
HELD_FOR = timedelta(hours=6)
"""How long (wall time) a job of a workspace without Lantern is left alone; an installation wakes it
at once."""
VOID_FOR = timedelta(minutes=15)
"""The same where the one token of the settings is refused: an operator has to set another, and
starts Lantern with it."""
NOT_LET_IN = TOKEN_VOID | {"team_access_not_granted"}

# Chores whose giving up somebody hears of, who may begin them anew.
_BEGUN_ANEW = frozenset({JobKind.ROUND_RUN, JobKind.IMPORT_READ})

log = structlog.get_logger(__name__)


async def record(desk: Desk, job: Job, error: Exception) -> None:
    """Write down that `job` failed, and how it goes on. Raises nothing."""
    try:
        await patiently(lambda: _record(desk, job, error))
    except Exception as second:  # noqa: BLE001 - then the lease runs out, and it is claimed again
        log.warning("job_unrecorded", job=job.id, kind=job.kind, error=_name(second))


async def put_off(desk: Desk, job: Job, refusal: NotYet) -> None:
    """Slack has no room for it yet: no attempt, and no lease while it waits. Raises nothing."""
    wait = timedelta(seconds=(refusal.retry_after or 0.0) + desk.ctx.chance.random())
    note(desk, job, "put_off", method=refusal.method, wait=_s(wait))
    try:
        await patiently(lambda: _wait(desk, job, wait, refusal.reason))
    except Exception as second:  # noqa: BLE001 - then the lease runs out, and it is claimed again
        log.warning("job_unrecorded", job=job.id, kind=job.kind, error=_name(second))


async def patiently(write: Callable[[], Awaitable[bool]]) -> bool:
    """Try a write again while the database is busy (each try waits for the lock by itself)."""
    for _ in range(RECORD_TRIES - 1):
        try:
            return await write()
        except Exception as error:
            if not is_busy(error):
                raise
    return await write()


async def _record(desk: Desk, job: Job, error: Exception) -> bool:
    if isinstance(error, NoLine):
        return await _hold(desk, job)
    if isinstance(error, HeadUnsaid):
        return await _wait_for_head(desk, job, error)
    if desk.many is not None and isinstance(error, Permanent) and error.code in NOT_LET_IN:
        return await _shut_out(desk, desk.many, job, error.code)
    if isinstance(error, Permanent) and error.code in OUR_TOKEN:
        return await _hold(desk, job, error.code, VOID_FOR)
    if isinstance(error, Permanent) and error.code in PERSON_GONE:
        note(desk, job, "skipped", reason="person_gone")
        return await claims.record_skipped(desk.ctx.db, job=job, me=desk.me, reason="person_gone")
    if isinstance(error, Permanent) and error.code in ARCHIVED and is_for_a_room(job):
        return await _archived(desk, job)
    if isinstance(error, Permanent) or _is_enough(desk, job, error):
        return await _give_up(desk, job, error)
    return await _try_later(desk, job, error)


async def _wait(desk: Desk, job: Job, wait: timedelta, reason: str | None) -> bool:
    """Look at it again after `wait` (wall time): this was no attempt."""
    until = desk.ctx.clock.wall() + wait
    return await claims.record_held(desk.ctx.db, job=job, me=desk.me, until=until, reason=reason)


async def _hold(
    desk: Desk, job: Job, reason: str | None = None, length: timedelta = HELD_FOR
) -> bool:
    """Lantern was removed from the workspace: it waits until it is installed there again."""
    note(desk, job, "held")
    return await _wait(desk, job, length, reason)


async def _wait_for_head(desk: Desk, job: Job, error: HeadUnsaid) -> bool:
    """Not its fault, and no attempt: however long its head takes, it is not given up for that."""
    note(desk, job, "put_off", wait=_s(error.wait))
    return await _wait(desk, job, error.wait, str(error))


async def _shut_out(desk: Desk, lines: Lines, job: Job, code: str) -> bool:
    """The token is void, or does not reach this team of the organisation: nothing failed here."""
    if desk.line is not None and code in TOKEN_VOID:
        await lines.refused(desk.line)
        if await _is_installed_anew(lines, desk.line, job):
            return await _wait(desk, job, timedelta(0), code)
    return await _hold(desk, job, code)


async def _is_installed_anew(lines: Lines, line: Line, job: Job) -> bool:
    try:
        now = await lines.to_workspace(job.workspace_id)
    except NoLine:
        return False
    return (now.serial, now.version) != (line.serial, line.version)


async def _archived(desk: Desk, job: Job) -> bool:
    """The programme's channel is closed: its leads are told, and nothing more is said there."""
    reason = "channel_archived"
    note(desk, job, "skipped", reason=reason)
    await trouble.channel_archived(desk.ctx, programme_id=programme_id_of(job))
    if job.slack_ts is not None:  # it stands there, and is put right when the channel is back
        return await claims.record_done(desk.ctx.db, job=job, me=desk.me, reason=reason)
    return await claims.record_skipped(desk.ctx.db, job=job, me=desk.me, reason=reason)


def _is_enough(desk: Desk, job: Job, error: Exception) -> bool:
    """Whether it was tried often enough, and for long enough."""
    return is_last(job.attempts) and desk.ctx.now() - job.due_at >= _patience(job, error)


def _patience(job: Job, error: Exception) -> timedelta:
    """How long after it was due it is tried, beyond the last attempt."""
    if MANNERS[job.kind] is Manner.CHORE and job.kind not in _BEGUN_ANEW:
        return PATIENT_WITH_US
    return PATIENT_FOR if _is_expected(error) else timedelta(0)


async def _give_up(desk: Desk, job: Job, error: Exception) -> bool:
    name, place = _name(error), _place(error)
    note(desk, job, "dead", level="error", attempts=job.attempts, error=name, at=place)
    reason = f"{name} {current() or new_reference()}"
    if not await claims.record_dead(desk.ctx.db, job=job, me=desk.me, reason=reason):
        return False
    # Tried again by itself: once it is recorded, the whole would find nothing left to do.
    return await patiently(lambda: _tell_leads(desk, job, error))


async def _tell_leads(desk: Desk, job: Job, error: Exception) -> bool:
    """Somebody has to know of what people wait for: a plan, an introduction, a list, a way in."""
    if job.kind is JobKind.IMPORT_READ and job.import_id is not None:
        if job.note == importing.TAKE:
            await importing.stop_import(desk.ctx, import_id=job.import_id)
        else:
            await importing_reading.fail_import(
                desk.ctx, import_id=job.import_id, key="file_unread"
            )
    if job.kind is JobKind.ROUND_RUN and job.round_id is not None:
        await trouble.round_unplanned(desk.ctx, round_id=job.round_id, job_id=job.id)
    if job.kind is JobKind.INTRODUCTION and job.session_id is not None:
        await trouble.introduction_unsent(desk.ctx, session_id=job.session_id)
    if job.kind is JobKind.PROGRAMME_CARD and job.programme_id is not None:
        outside = isinstance(error, Permanent) and error.code in CHANNEL_GONE
        await trouble.card_refused(
            desk.ctx, programme_id=job.programme_id, job_id=job.id, is_outside=outside
        )
    return True


async def _try_later(desk: Desk, job: Job, error: Exception) -> bool:
    after = error.retry_after if isinstance(error, Transient) else None
    wait = retry_in(max(1, job.attempts), desk.ctx.chance.random(), after)
    if _is_expected(error):
        note(desk, job, "retried", level="warning", error=_name(error), wait=_s(wait))
    else:
        place = _place(error)
        note(desk, job, "failed", level="error", error=_name(error), at=place, wait=_s(wait))
        desk.meter.faulted("job")
    if is_last(job.attempts):  # then each time as if it were the last
        return await _wait(desk, job, wait, _name(error))
    retry_at = desk.ctx.clock.wall() + wait
    return await claims.record_failed(
        desk.ctx.db,
        job=job,
        me=desk.me,
        retry_at=retry_at,
        reason=_name(error),
        refused=isinstance(error, Transient),
    )


def _is_expected(error: Exception) -> bool:
    return isinstance(error, Transient | Uncertain) or is_busy(error)


def _name(error: Exception) -> str:
    """The kind of error, with Slack's own word where there is one; never a message."""
    if isinstance(error, Permanent):
        return error.code
    if isinstance(error, Transient | Uncertain):
        return error.reason
    return type(error).__name__


def _place(error: Exception) -> str:
    """Where in the code it happened, without the values that were there."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-4:]))


def _s(wait: timedelta) -> float:
    return round(wait.total_seconds(), 1)
