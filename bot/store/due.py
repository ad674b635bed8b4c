"""Looking at jobs without taking them: what comes next, what was said today, how many there are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnClause, ColumnElement, and_, func, literal_column, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.job_kinds import WITH_THE_START, JobKind
from bot.domain.timeline.planned import SNOOZED
from bot.store.engine import Database
from bot.store.tables import Job

PENDING: ColumnClause[str] = literal_column("'pending'")
"""Written out in SQL, because a bound value cannot be matched with a partial index."""


async def next_due(db: Database, after: datetime) -> tuple[datetime, JobKind] | None:
    """When the first waiting job due strictly later than `after` falls due, and its kind."""
    statement = (
        select(Job.due_at, Job.kind)
        .where(col(Job.state) == PENDING, col(Job.due_at) > after)
        .order_by(col(Job.due_at), col(Job.id))
        .limit(1)
    )
    async with db.read() as session:
        row = (await session.execute(statement)).first()
    return None if row is None else (row[0], JobKind(row[1]))


async def next_hold(db: Database, now: datetime, wall: datetime) -> datetime | None:
    """When (wall time) the first due job that waits after a failure may be tried again."""
    statement = select(func.min(Job.leased_until)).where(
        col(Job.state) == PENDING,
        col(Job.due_at) <= now,
        col(Job.leased_by).is_(None),
        col(Job.leased_until) > wall,
    )
    async with db.read() as session:
        return (await session.execute(statement)).scalar_one()


async def said_today(
    db: Database,
    person_id: int,
    since: datetime,
    until: datetime,
    kinds: Collection[JobKind],
    *,
    beside: Job | None = None,
) -> int:
    """How many messages of these kinds the person was sent from `since` until before `until`.

    Those that are on their way count; but not `beside`, nor what counts as one with it.
    """
    async with db.read() as session:
        counted = count_said(person_id, since, until, kinds, beside)
        return (await session.execute(counted)).scalar_one()


def count_said(
    person_id: int,
    since: datetime,
    until: datetime,
    kinds: Collection[JobKind],
    beside: Job | None,
) -> SelectOfScalar[int]:
    """The statement behind `said_today`. What was put off counts when it comes back."""
    counted = (
        select(func.count())
        .select_from(Job)
        .where(
            col(Job.recipient_id) == person_id,
            col(Job.said_at) >= since,
            col(Job.said_at) < until,
            col(Job.kind).in_(kinds),
            col(Job.snoozed_until).is_(None),
        )
    )
    if beside is None:
        return counted
    if beside.kind in WITH_THE_START:
        start = and_(col(Job.session_id) == beside.session_id, col(Job.kind) == JobKind.START_CARD)
        counted = counted.where(~start)
    return counted.where(Job.id != beside.id)


async def timely_ahead(
    db: Database,
    person_id: int,
    since: datetime,
    until: datetime,
    kinds: Collection[JobKind],
    *,
    or_put_off: bool = False,
) -> int:
    """How many messages of these kinds wait for the person from `since` until before `until`;
    `or_put_off`: and how many nudges that they put off until then."""
    wanted: ColumnElement[bool] = col(Job.kind).in_(kinds)
    if or_put_off:
        wanted = or_(wanted, col(Job.dedupe_key).contains(SNOOZED, autoescape=True))
    statement = (
        select(func.count())
        .select_from(Job)
        .where(
            col(Job.recipient_id) == person_id,
            col(Job.said_at).is_(None),
            col(Job.state) == PENDING,
            col(Job.due_at) >= since,
            col(Job.due_at) < until,
            wanted,
        )
    )
    async with db.read() as session:
        return (await session.execute(statement)).scalar_one()
