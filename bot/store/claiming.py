"""Taking due jobs: each workspace in its turn, and in each of them the most urgent first.

A claim is a lease: `leased_by` says whose, `leased_until` until when, in wall time.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import col

from bot.domain.ranks import Rank, Track, track_of
from bot.store.columns import Moment
from bot.store.due import PENDING
from bot.store.engine import Database
from bot.store.tables import Job, Workspace

Line = tuple[int, Track]
"""The jobs of one workspace that wait for each other: its row id, and the track."""

SPARE = 3
"""How many times more is looked at than taken: others take from the same lines meanwhile."""

LEAST = 4
"""Jobs of a rank of each workspace that are looked at, however many lines there are."""


async def claim(
    db: Database,
    *,
    me: str,
    now: datetime,
    wall: datetime,
    lease_for: timedelta,
    limit: int,
    apart_from: Collection[Line] = (),
    lines: int = 1,
) -> list[Job]:
    """Take up to `limit` jobs due at `now` until `wall + lease_for`, most urgent first.

    Lines take turns: none is given a second job before each other one has its first. Those in
    `apart_from` are left alone. No two callers are given the same job while its lease runs.
    `attempts` counts the claims. `lines` is about how many have something due: the more there are,
    the fewer jobs of each are looked at.
    """
    each = max(LEAST, limit * SPARE // max(1, lines))
    statement = _statement(db.dialect, limit, each, is_apart=bool(apart_from))
    values = {
        "me": me,
        "until": wall + lease_for,
        "now": now,
        "wall": wall,
        "apart_from": [(workspace_id, int(track)) for workspace_id, track in apart_from],
    }
    async with db.work() as work:
        jobs = list((await work.session.scalars(statement, values)).all())
        await work.commit()
    return sorted(jobs, key=lambda job: (job.rank, job.due_at, job.id))


@lru_cache(maxsize=128)
def _statement(dialect: str, limit: int, each: int, *, is_apart: bool) -> ReturningUpdate[Any]:
    """Built once, and given its values beside it: to build it takes longer than to run it."""
    wall = bindparam("wall", type_=Moment)
    is_free = or_(col(Job.leased_until).is_(None), col(Job.leased_until) <= wall)
    # State and limits are written out, not bound: only so may the planner use the partial index
    # and expect few rows. The CTEs are evaluated once, so `limit` is exact.
    may = (col(Job.state) == PENDING, col(Job.due_at) <= bindparam("now", type_=Moment), is_free)
    ranked = _by_line(may, each) if dialect == "postgresql" else _of_all(may)
    seen = _seen(ranked, limit, is_apart=is_apart)
    # What was seen may have been taken meanwhile: it is looked at again as it is locked.
    due = (
        select(col(Job.id))
        .join_from(seen, Job, col(Job.id) == seen.c.id)
        .where(*may)
        .order_by(seen.c.nth, seen.c.rank, seen.c.due_at, seen.c.id)
        .limit(_written(limit))
        .with_for_update(skip_locked=True, of=Job)  # PostgreSQL; SQLite has one writer at a time
        .cte("due")
    )
    return (
        update(Job)
        .where(col(Job.id).in_(select(due.c.id)))
        .values(
            leased_by=bindparam("me"),
            leased_until=bindparam("until"),
            attempts=Job.attempts + 1,
        )
        .returning(Job)
        .execution_options(synchronize_session=False)
    )


def _seen(ranked: FromClause, limit: int, *, is_apart: bool) -> CTE:
    """The first of each line, then the second of each, and so on."""
    line = (ranked.c.workspace_id, ranked.c.track)
    nth = func.row_number().over(
        partition_by=line, order_by=(ranked.c.rank, ranked.c.due_at, ranked.c.id)
    )
    numbered = select(ranked, nth.label("nth"))
    if is_apart:
        numbered = numbered.where(tuple_(*line).not_in(bindparam("apart_from", expanding=True)))
    inner = numbered.subquery("numbered")
    return (
        select(inner)
        .order_by(inner.c.nth, inner.c.rank, inner.c.due_at, inner.c.id)
        .limit(_written(limit * SPARE))
        .cte("seen")
    )


def _of_all(may: tuple[ColumnElement[bool], ...]) -> FromClause:
    """All that is due: on SQLite one process serves a company or two."""
    track = _track(col(Job.rank))
    return (
        select(col(Job.id), col(Job.workspace_id), col(Job.rank), col(Job.due_at), track)
        .where(*may)
        .subquery("ranked")
    )


def _by_line(may: tuple[ColumnElement[bool], ...], each: int) -> FromClause:
    """The first few of each rank of each workspace, by the index that is made for it.

    However many wait, only those are looked at.
    """
    # Not VALUES: SQLAlchemy would compile the statement anew each time.
    ranks = (
        func.generate_series(*map(_written, (min(Rank), max(Rank))))
        .table_valued("rank")
        .render_derived(name="ranks")
    )
    first: Any = (
        select(col(Job.id), col(Job.due_at))
        .where(col(Job.workspace_id) == col(Workspace.id), col(Job.rank) == ranks.c.rank, *may)
        .order_by(col(Job.due_at), col(Job.id))
        .limit(_written(each))
        .lateral("first")
    )
    return (
        select(
            first.c.id,
            col(Workspace.id).label("workspace_id"),
            ranks.c.rank,
            first.c.due_at,
            _track(ranks.c.rank),
        )
        .select_from(Workspace)
        .join(ranks, true())
        .join(first, true())
        .subquery("ranked")
    )


def _track(rank: Any) -> ColumnElement[int]:
    """`ranks.track_of`, in SQL."""
    said = [(rank == _written(each), _written(track_of(each))) for each in Rank]
    return case(*said).label("track")


def _written(number: int) -> ColumnElement[int]:
    return literal_column(str(int(number)))
