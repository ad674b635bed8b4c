"""Agreeing a time, moving it, looking for another, calling the session off (3.2)."""

from datetime import datetime

from sqlmodel import col

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import LENGTHS, MAX_LENGTH, Format
from bot.domain.states import advance
from bot.domain.timeline.planned import plan_prefix, session_key
from bot.domain.typed.time import check_start, read_time
from bot.domain.words import check_text
from bot.services.access import access_session_row, hold_routing
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.reading import session_view
from bot.services.requests.routing import try_waiting
from bot.services.sessions.calendar import plan_taking_out
from bot.services.sessions.calling_off import call_off, step_out
from bot.services.sessions.planning import SHOWS_THE_TIME, replan
from bot.services.views import SessionView
from bot.store.tables import Job, Person, Session
from bot.store.work import Work

OFTEN = 2  # moves


async def set_time(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    starts_at: datetime | None = None,
    typed: str = "",
    length_minutes: int | None = None,
    format: str | None = None,
    place: str = "",
    receipt: str | None = None,
) -> SessionView:
    """Set or move the time. What was typed, in the actor's own zone, wins over what was picked.

    A length, format or place that is not given stays as it was. Raises RuleBroken at "typed" or
    "starts_at" ("time_missing", "time_past", "time_far", "time_gap", "time_unreadable",
    "time_no_clock"), "length" ("longer_than_an_hour"), "place"; "not_yours"; NotAllowed
    "session_…" when it took place or is over.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await access_session_row(work, actor_id, session_id)
        actor = await work.session.get_one(Person, actor_id)
        session.state = advance(session.state, "set_time")
        moment = _moment(starts_at, typed, now, actor)
        length = _length(length_minutes, session.length_minutes)
        same = (session.starts_at, session.length_minutes) == (moment, length)
        session.length_minutes = length
        session.format = _format(format) if format else session.format
        session.place = check_text(place, field="place", required=False) or session.place
        if same:
            await _say_again(ctx, work, session, actor)
        else:
            await fix(ctx, work, session, moment, actor.workspace_id, by_id=actor.id)
        await work.commit()
    return await session_view(ctx, session_id=session_id)


async def set_typed_time(
    ctx: Context, work: Work, session: Session, actor: Person, typed: str
) -> None:
    """`set_time` by words alone, inside a transaction that has the session already."""
    session.state = advance(session.state, "set_time")
    moment = _moment(None, typed, ctx.now(), actor)
    await fix(ctx, work, session, moment, actor.workspace_id, by_id=actor.id)


async def fix(
    ctx: Context,
    work: Work,
    session: Session,
    moment: datetime,
    workspace_id: int,
    *,
    by_id: int | None = None,
) -> None:
    """Everything that follows from a time; only another time counts as a rescheduling.

    `by_id` nobody means that it came of what all of them ticked. The state is the caller's.
    """
    before = session.starts_at
    if before not in (None, moment):
        await _moved(work, session, workspace_id, ctx.now())
    session.starts_at, session.time_set_by_id = moment, by_id
    session.plan += 1
    session.calendar_sequence += 1
    await replan(ctx, work, session, workspace_id, moved_from=before)


async def _moved(work: Work, session: Session, workspace_id: int, now: datetime) -> None:
    """One move more; after the second both are gently told, once and for all."""
    session.reschedules += 1
    if session.reschedules < OFTEN:
        return
    key = session_key(session.id, JobKind.MOVED_OFTEN)
    await work.plan(
        job(JobKind.MOVED_OFTEN, key, now=now, workspace_id=workspace_id, session_id=session.id)
    )


async def _say_again(ctx: Context, work: Work, session: Session, actor: Person) -> None:
    """The same hour, held differently: both hear of it, and nothing else is planned anew."""
    now = ctx.now()
    session.time_set_by_id = actor.id
    news = (Job.session_id == session.id, Job.kind == JobKind.TIME_SET)
    await work.cancel_unsaid(*news, reason="overtaken")
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(SHOWS_THE_TIME), now=now)
    # Real time, so that two changes under a clock that stands still are told both.
    said = f"{JobKind.TIME_SET}:{ctx.clock.wall().timestamp()}"
    await work.plan(
        job(
            JobKind.TIME_SET,
            plan_prefix(session.id, session.plan) + said,
            now=now,
            workspace_id=actor.workspace_id,
            expires_at=session.starts_at,
            session_id=session.id,
            plan=session.plan,
        )
    )


async def find_another_time(
    ctx: Context, *, actor_id: int, session_id: int, reason: str = "", receipt: str | None = None
) -> None:
    """The time does not suit any more; both are told and look for another.

    Raises RuleBroken "too_long" at "why", "not_yours"; NotAllowed when there is no time to unset.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await access_session_row(work, actor_id, session_id)
        session.cancel_reason = check_text(reason, field="why", required=False) or None
        session.state = advance(session.state, "unset_time")
        actor = await work.session.get_one(Person, actor_id)
        await _moved(work, session, actor.workspace_id, now)
        await unset(ctx, work, session, actor_id)
        await work.commit()


async def cancel(
    ctx: Context, *, actor_id: int, session_id: int, reason: str = "", receipt: str | None = None
) -> None:
    """Call the session off, with a reason for the partner if there is one.

    One of three only takes themselves out: the other two go on as a pair, and hear of it.
    Raises RuleBroken "too_long" at "why", "not_yours"; NotAllowed when it is over.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await work.session.get_one(Person, actor_id)
        await hold_routing(work, actor.workspace_id)
        session = await access_session_row(work, actor_id, session_id)
        words = check_text(reason, field="why", required=False) or None
        if session.third_id is not None:
            await step_out(ctx, work, session, actor)
        else:
            await call_off(ctx, work, session, by=actor, reason=words)
        await try_waiting(ctx, work, actor.workspace_id)
        await work.commit()


async def unset(ctx: Context, work: Work, session: Session, actor_id: int) -> None:
    """The session has no time any more: what was planned for it falls away, both hear of it.

    The state is the caller's to change.
    """
    now = ctx.now()
    actor = await work.session.get_one(Person, actor_id)
    before = session.starts_at
    session.starts_at, session.plan = None, session.plan + 1
    session.time_set_by_id = actor_id
    await replan(ctx, work, session, actor.workspace_id)
    await work.plan(
        job(
            JobKind.TIME_UNSET,
            plan_prefix(session.id, session.plan) + JobKind.TIME_UNSET,
            now=now,
            workspace_id=actor.workspace_id,
            expires_at=before if before is not None and before > now else None,
            session_id=session.id,
            plan=session.plan,
        )
    )
    await plan_taking_out(work, session, before, now, actor.workspace_id)


def _moment(picked: datetime | None, typed: str, now: datetime, actor: Person) -> datetime:
    """The time that was picked or typed, in the zone and language of whoever did it."""
    field = "typed" if typed.strip() or picked is None else "starts_at"
    try:
        moment = picked
        if typed.strip():
            moment = read_time(typed, now, actor.zone, language=actor.locale)
        if moment is None:
            raise RuleBroken("time_missing")
        check_start(moment, now)
    except RuleBroken as broken:
        raise broken.at(field) from None
    return moment


def _length(wanted: int | None, present: int) -> int:
    if wanted is None:
        return present
    if wanted > MAX_LENGTH:
        raise RuleBroken("longer_than_an_hour", field="length", limit=MAX_LENGTH)
    if wanted not in LENGTHS:
        raise RuleBroken("unknown_choice", field="length")
    return wanted


def _format(wanted: str) -> Format:
    try:
        return Format(wanted)
    except ValueError as error:
        raise RuleBroken("unknown_choice", field="format") from error
