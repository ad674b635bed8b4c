"""The sessions of a relationship: one is planned ahead, in the agreed rhythm (6.2)."""

from datetime import datetime

from sqlmodel import col, select

from bot.domain.agreements import INTERVAL, first_ahead
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import SessionState
from bot.services.context import Context
from bot.services.seeing import hours_of
from bot.services.sessions.pairing import bring_together
from bot.store.tables import Agreement, Job, Person, Relationship, Session
from bot.store.work import Work

AHEAD = (SessionState.MATCHED, SessionState.SCHEDULED)


async def open_first(ctx: Context, work: Work, row: Relationship, agreement: Agreement) -> Session:
    """A session without a time yet: the two find one, and the rhythm is counted from it."""
    return await bring_together(
        ctx,
        work,
        programme_id=row.programme_id,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        kind=await _kind(work, row),
        length_minutes=agreement.length_minutes,
        relationship_id=row.id,
    )


async def plan_ahead(ctx: Context, work: Work, row: Relationship, agreement: Agreement) -> None:
    """The next session, when the last one is settled; not beyond the end, nor for who is away.

    It is at the same local time an interval later. After one that never found a time there is a
    new one to be timed, an interval later too.
    """
    now = ctx.now()
    mentee = await work.session.get_one(Person, row.mentee_id)
    mentor = await work.session.get_one(Person, row.mentor_id)
    sessions = await sessions_of(work, row)
    if any(session.state in AHEAD for session in sessions):
        return
    if any(one.is_paused(now) or one.is_away(now) for one in (mentee, mentor)):
        return
    last = sessions[-1] if sessions else None
    if last is None or last.starts_at is None:
        if last is None or now - last.matched_at >= INTERVAL[agreement.every]:
            await open_first(ctx, work, row, agreement)
        return
    pair = (hours_of(mentee), hours_of(mentor))
    start = first_ahead(last.starts_at, agreement.every, pair, now)
    if row.ends_on is None or pair[0].local_day(start) <= row.ends_on:
        await _open_at(ctx, work, row, agreement, last, start)


async def sessions_of(work: Work, row: Relationship) -> list[Session]:
    """All of them, in the order in which they were made."""
    statement = select(Session).where(Session.relationship_id == row.id).order_by(col(Session.id))
    return list((await work.session.execute(statement)).scalars())


def last_held(sessions: list[Session]) -> datetime | None:
    """When the two last talked."""
    held = (SessionState.HELD, SessionState.CLOSED)
    times = [each.starts_at for each in sessions if each.state in held and each.held_at]
    return max((at for at in times if at is not None), default=None)


async def _open_at(
    ctx: Context,
    work: Work,
    row: Relationship,
    agreement: Agreement,
    last: Session,
    start: datetime,
) -> None:
    session = await bring_together(
        ctx,
        work,
        programme_id=row.programme_id,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        kind=last.kind,
        length_minutes=agreement.length_minutes,
        relationship_id=row.id,
        starts_at=start,
        format=last.format,
        place=last.place,
    )
    # The introduction says when it is; saying it twice in a row would be once too often.
    await work.cancel_unsaid(
        Job.session_id == session.id, Job.kind == JobKind.TIME_SET, reason="introduced"
    )


async def _kind(work: Work, row: Relationship) -> Kind:
    """The direction the two began in stays."""
    statement = (
        select(Session.kind)
        .where(Session.mentor_id == row.mentor_id, Session.mentee_id == row.mentee_id)
        .order_by(col(Session.id).desc())
        .limit(1)
    )
    before = (await work.session.execute(statement)).scalar_one_or_none()
    return Kind.REVERSE if before is Kind.REVERSE else Kind.SPOT
