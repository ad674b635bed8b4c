"""What two who go on formally bring to a session: what is still open, and their rhythm (6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.domain.agreements import Stage, next_start, stage_of
from bot.domain.programmes import Every
from bot.domain.states import ActionState
from bot.services.seeing import hours_of
from bot.store.tables import ActionItem, Agreement, Person, Relationship, Session


@dataclass(slots=True)
class Carried:
    """Next steps still open from the sessions before this one, and the way they are on."""

    actions: list[ActionItem] = field(default_factory=list)
    every: Every | None = None
    started_on: date | None = None
    until: date | None = None
    talked: bool = False  # by this agreement, before


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OPEN = (
    select(ActionItem, col(Session.relationship_id))
    .join(Session, col(ActionItem.session_id) == Session.id)
    .where(
        col(Session.relationship_id).in_(_IDS),
        col(ActionItem.state) == ActionState.OPEN,
        col(ActionItem.text).is_not(None),
    )
    .order_by(col(ActionItem.id))
)
_TALKED = select(col(Session.relationship_id), col(Session.id)).where(
    col(Session.relationship_id).in_(_IDS), col(Session.held_at).is_not(None)
)
_RHYTHM = (
    select(
        col(Relationship.id),
        col(Agreement.every),
        col(Relationship.started_on),
        col(Relationship.ends_on),
    )
    .join(
        Agreement,
        and_(
            col(Agreement.relationship_id) == Relationship.id,
            col(Agreement.version) == Relationship.version,
        ),
    )
    .where(col(Relationship.id).in_(_IDS), col(Relationship.ended_at).is_(None))
)


async def carried_over(session: AsyncSession, rows: Sequence[Session]) -> dict[int, Carried]:
    """By session id; nothing for those that belong to no relationship."""
    formal = [row for row in rows if row.relationship_id is not None]
    if not formal:
        return {}
    found = {row.id: Carried() for row in formal}
    given = {"ids": sorted({row.relationship_id or 0 for row in formal})}
    for action, relationship_id in await session.execute(_OPEN, given):
        for row in formal:
            if row.relationship_id == relationship_id and action.session_id < row.id:
                found[row.id].actions.append(action)
    for relationship_id, session_id in await session.execute(_TALKED, given):
        for row in formal:
            if row.relationship_id == relationship_id and session_id < row.id:
                found[row.id].talked = True
    for whose, every, started_on, until in await session.execute(_RHYTHM, given):
        for row in formal:
            if row.relationship_id == whose:
                one = found[row.id]
                one.every, one.started_on, one.until = Every(every), started_on, until
    return found


def next_time(row: Session, carried: Carried, mentee: Person, mentor: Person) -> datetime | None:
    """When the two meet after this session (UTC), by their agreement; not beyond its end."""
    if row.starts_at is None or carried.every is None:
        return None
    pair = (hours_of(mentee), hours_of(mentor))
    start = next_start(row.starts_at, carried.every, pair)
    is_over = carried.until is not None and pair[0].local_day(start) > carried.until
    return None if is_over else start


def stage(row: Session, carried: Carried, mentee: Person, now: datetime) -> Stage | None:
    """Where on their way the two are when they meet; before a time is found, where they are now."""
    if carried.every is None:
        return None
    return stage_of(
        hours_of(mentee).local_day(row.starts_at or now),
        talked=carried.talked,
        every=carried.every,
        started_on=carried.started_on,
        until=carried.until,
    )
