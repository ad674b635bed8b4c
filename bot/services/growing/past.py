"""Formal mentoring that has ended (6.5): with whom, for what, from when to when, and what is next.

It stays findable for as long as the two are known: the words of it are deleted after the
programme's retention time, that it was is not.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.states import RelationshipState, SessionState
from bot.services.context import Context
from bot.services.growing.keeping import shown_to
from bot.services.growing.relationships import LIVE
from bot.services.growing.views_growing import PastView
from bot.services.reading_session import person_views
from bot.services.seeing import hours_of
from bot.services.views import PersonView
from bot.store.tables import Person, Relationship, Session

Pair = tuple[int, int]  # mentor and mentee


async def past_of(ctx: Context, *, person_id: int) -> tuple[PastView, ...]:
    """What this person had and ended, the last one first.

    Once for each partner and side: the last time. Not while the two go on again, and not with
    somebody who was forgotten.
    """
    async with ctx.db.read() as session:
        rows = await _ended(session, person_id)
        if not rows:
            return ()
        me = await session.get_one(Person, person_id)
        people = await person_views(ctx, session, {_other(row, person_id) for row in rows})
        talks = await _talks(session, person_id)
        in_touch = await _in_touch(ctx, session, person_id)

    def view(row: Relationship, ended_at: datetime) -> PastView:
        other = people[_other(row, person_id)]
        return PastView(
            id=row.id,
            other=other,
            role=Role.MENTOR if row.mentor_id == person_id else Role.MENTEE,
            area=next(iter(ctx.library.area_labels([row.area])), ""),
            began_on=row.started_on,
            ended_on=hours_of(me).local_day(ended_at),
            keeps_in_touch=other.id in in_touch,
            can_look_back=row.erased_at is None and not other.is_deleted,
            looked_back=str(person_id) in (row.gained or {}),
            talk_id=talks.get((row.mentor_id, row.mentee_id)),
        )

    return tuple(
        view(row, row.ended_at)
        for row in rows
        if row.ended_at is not None and not people[_other(row, person_id)].is_forgotten
    )


async def partner_of(ctx: Context, *, actor_id: int, relationship_id: int) -> PersonView:
    """Whom a talk is asked of; RuleBroken "not_yours", or "deactivated" of one who left."""
    async with ctx.db.read() as session:
        row = await session.get(Relationship, relationship_id)
        if row is None or actor_id not in (row.mentor_id, row.mentee_id):
            raise RuleBroken("not_yours")
        other_id = _other(row, actor_id)
        other = (await person_views(ctx, session, [other_id]))[other_id]
    if other.is_deleted:
        raise RuleBroken("deactivated")
    return other


async def _ended(session: AsyncSession, person_id: int) -> list[Relationship]:
    mine = or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    states = (*LIVE, RelationshipState.ENDED)
    statement = (
        select(Relationship)
        .where(mine, col(Relationship.state).in_(states))
        .order_by(col(Relationship.ended_at).desc(), col(Relationship.id).desc())
    )
    rows = list((await session.execute(statement)).scalars())
    live = {_pair(row) for row in rows if row.state in LIVE}
    return _first_of_each(row for row in rows if _pair(row) not in live)


def _first_of_each(rows: Iterable[Relationship]) -> list[Relationship]:
    found: dict[Pair, Relationship] = {}
    for row in rows:
        found.setdefault(_pair(row), row)
    return list(found.values())


async def _talks(session: AsyncSession, person_id: int) -> dict[Pair, int]:
    """The last talk of each two that took place: it is what going on again is asked by."""
    statement = (
        select(Session.mentor_id, Session.mentee_id, Session.id)
        .where(
            or_(col(Session.mentor_id) == person_id, col(Session.mentee_id) == person_id),
            col(Session.third_id).is_(None),
            col(Session.state).in_((SessionState.HELD, SessionState.CLOSED)),
        )
        .order_by(col(Session.id))
    )
    rows: Any = (await session.execute(statement)).all()
    return {(mentor, mentee): session_id for mentor, mentee, session_id in rows}


async def _in_touch(ctx: Context, session: AsyncSession, person_id: int) -> set[int]:
    """Whom this person keeps in touch with, as far as they know."""
    ties = await shown_to(session, person_id, ctx.now())
    return {each for tie in ties for each in (tie.first_id, tie.second_id)} - {person_id}


def _pair(row: Relationship) -> Pair:
    return row.mentor_id, row.mentee_id


def _other(row: Relationship, person_id: int) -> int:
    return row.mentee_id if person_id == row.mentor_id else row.mentor_id
