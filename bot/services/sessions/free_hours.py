"""When the people of a session could meet: their hours, what they said, what they agreed to."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.kinds import Role, Window
from bot.domain.slots import Free, Span
from bot.domain.states import SessionState
from bot.services.access import people_in
from bot.services.seeing import hours_of
from bot.store.tables import Enrolment, Match, Person, Request, Session


async def free_of(db: AsyncSession, row: Session) -> dict[int, Free]:
    """When each of them could meet. What was said for this very session goes before a profile,
    and a profile before what was said when joining."""
    ids = people_in(row)
    people = (await db.execute(select(Person).where(col(Person.id).in_(ids)))).scalars()
    said = await _said_for_this(db, row)
    joined = await _said_when_joining(db, row)
    busy = await _busy(db, row)
    return {
        one.id: Free(
            hours_of(one),
            frozenset(
                Window(each) for each in said.get(one.id) or one.windows or joined.get(one.id) or ()
            ),
            busy,
        )
        for one in people
    }


async def _said_for_this(db: AsyncSession, row: Session) -> dict[int, list[str]]:
    statement = (
        select(Request)
        .join(Match, col(Match.request_id) == Request.id)
        .where(Match.id == row.match_id)
    )
    return {each.mentee_id: each.windows for each in (await db.execute(statement)).scalars()}


async def _said_when_joining(db: AsyncSession, row: Session) -> dict[int, list[str]]:
    statement = select(Enrolment).where(
        Enrolment.programme_id == row.programme_id,
        col(Enrolment.person_id).in_(people_in(row)),
        col(Enrolment.ended_at).is_(None),
    )
    return {
        each.person_id: each.windows
        for each in (await db.execute(statement)).scalars()
        if (each.role is Role.MENTOR) is (each.person_id == row.mentor_id)
    }


async def _busy(db: AsyncSession, row: Session) -> tuple[Span, ...]:
    """The other sessions that any of them has agreed to."""
    ids = people_in(row)
    sides = (Session.mentor_id, Session.mentee_id, Session.third_id)
    statement = select(Session).where(
        Session.state == SessionState.SCHEDULED,
        Session.id != row.id,
        or_(*(col(side).in_(ids) for side in sides)),
    )
    return tuple(
        (other.starts_at, other.starts_at + timedelta(minutes=other.length_minutes))
        for other in (await db.execute(statement)).scalars()
        if other.starts_at is not None
    )
