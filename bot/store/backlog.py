"""What waits, and how much there is of everything: read for whoever watches, at a bounded cost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.store.due import PENDING
from bot.store.engine import Database
from bot.store.tables import Job, Match, Round, Session

MOST = 100_000  # rows counted of each sort; beyond it the number says "many"


@dataclass(frozen=True, slots=True)
class Backlog:
    """The jobs that are not settled. `due`, `leased` and `held` are due by now; `waiting` are not.

    `oldest_due_at` is that of the job which is due and free to be claimed, if there is one.
    """

    due: int
    leased: int
    held: int
    waiting: int
    oldest_due_at: datetime | None


async def backlog(db: Database, *, now: datetime, wall: datetime) -> Backlog:
    """How much there is to do at `now`; leases are looked at in `wall` time."""
    is_taken = and_(col(Job.leased_until).is_not(None), col(Job.leased_until) > wall)
    by_now = col(Job.due_at) <= now
    counts = {
        "due": and_(by_now, _not(is_taken)),
        "leased": and_(by_now, is_taken, col(Job.leased_by).is_not(None)),
        "held": and_(by_now, is_taken, col(Job.leased_by).is_(None)),
        "waiting": col(Job.due_at) > now,
    }
    oldest = select(func.min(Job.due_at)).where(col(Job.state) == PENDING, by_now, _not(is_taken))
    async with db.read() as session:
        found = {
            name: (await session.execute(_count(where))).scalar_one()
            for name, where in counts.items()
        }
        first = (await session.execute(oldest)).scalar_one()
    return Backlog(**found, oldest_due_at=first)


def _not(taken: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(col(Job.leased_until).is_(None), ~taken)


def _count(where: ColumnElement[bool]) -> SelectOfScalar[int]:
    some = select(col(Job.id)).where(col(Job.state) == PENDING, where).limit(MOST).subquery()
    return select(func.count()).select_from(some)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many matches (by what made them), rounds and sessions (by state) there are."""

    matches: dict[str, int]
    rounds: dict[str, int]
    sessions: dict[str, int]


async def totals(db: Database) -> Totals:
    """Everything counted once; three tables are read whole, so not for every second."""
    made_by = case(
        (col(Match.request_id).is_not(None), "request"),
        (col(Match.round_id).is_not(None), "round"),
        (col(Match.relationship_id).is_not(None), "relationship"),
        else_="tie",
    )
    async with db.read() as session:
        rows = [
            (await session.execute(select(each, func.count()).group_by(each))).all()
            for each in (made_by, col(Round.state), col(Session.state))
        ]
    matches, rounds, sessions = ({str(row[0]): row[1] for row in found} for found in rows)
    return Totals(matches, rounds, sessions)
