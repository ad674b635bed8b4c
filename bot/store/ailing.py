"""Jobs that do not do well, for whoever has to find out why: counts and codes, never a text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, bindparam, func, or_, select, update
from sqlmodel import col

from bot.domain.states import JobState
from bot.store.columns import Moment
from bot.store.due import PENDING
from bot.store.engine import Database
from bot.store.tables import Job, Person

MOST = 20
_JOB: Table = Job.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Ailing:
    """So many jobs of a kind, for a reason. `reference` is that of one of them, in the log."""

    kind: str
    reason: str
    count: int
    reference: str | None


async def dead(db: Database, *, now: datetime, within: timedelta) -> list[Ailing]:
    """What was given up and had been due within this time, the most frequent first."""
    return await _counted(db, col(Job.state) == JobState.DEAD, col(Job.due_at) >= now - within)


async def revive(db: Database, *, now: datetime, within: timedelta) -> int:
    """Let what was given up, and had been due within this time, be tried once more; how many.

    It counts as tried once: what may have arrived is looked for in Slack first. What has become
    too late meanwhile is left unsaid by its own rule.
    """
    statement = (
        update(_JOB)
        .where(_JOB.c.state == JobState.DEAD, _JOB.c.due_at >= bindparam("oldest", type_=Moment))
        .values(state=JobState.PENDING, attempts=1)
    )
    return await db.change(statement, {"oldest": now - within})


async def held(db: Database, *, attempts: int = 3, reasons: Collection[str] = ()) -> list[Ailing]:
    """What waits after this many tries or more, or for one of these reasons, and why the last one
    failed."""
    failed = or_(col(Job.attempts) >= attempts, col(Job.reason).in_(reasons))
    return await _counted(db, col(Job.state) == PENDING, failed)


async def _counted(db: Database, *where: object) -> list[Ailing]:
    statement = (
        select(col(Job.kind), col(Job.reason), func.count(), func.max(col(Job.reference)))
        .where(*where)  # type: ignore[arg-type]
        .group_by(col(Job.kind), col(Job.reason))
    )
    async with db.read() as session:
        rows = (await session.execute(statement)).all()
    found: dict[tuple[str, str], Ailing] = {}
    for kind, reason, count, reference in rows:
        code = (reason or "unknown").split(" ")[0]  # the reference of each stands behind it
        before = found.get((str(kind), code))
        so_far = before.count if before else 0
        found[str(kind), code] = Ailing(str(kind), code, so_far + count, reference)
    return sorted(found.values(), key=lambda each: -each.count)[:MOST]


async def at_work(db: Database, *, wall: datetime) -> int:
    """How many processes hold a job just now."""
    statement = select(func.count(func.distinct(col(Job.leased_by)))).where(
        col(Job.state) == PENDING, col(Job.leased_until) > wall
    )
    async with db.read() as session:
        return int((await session.execute(statement)).scalar_one())


async def zones(db: Database) -> list[str]:
    """The time zones of everybody, each once."""
    async with db.read() as session:
        found = await session.scalars(select(col(Person.zone)).distinct())
        return sorted(zone for zone in found if zone)
