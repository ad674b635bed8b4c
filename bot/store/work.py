"""The unit of work: one transaction, the facts in it, and the jobs that follow from them."""

from datetime import datetime
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    and_,
    case,
    literal,
    literal_column,
    null,
    or_,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from bot.domain.ranks import MANY, Rank, rank_of
from bot.domain.states import JobState
from bot.references import current
from bot.store.tables.outbox import Job, Receipt

Row = TypeVar("Row", bound=SQLModel)

_SKIPPED = literal(JobState.SKIPPED, Job.__table__.c.state.type)  # type: ignore[attr-defined]


def insert_into(dialect: str) -> Any:
    """`INSERT` with all that this database understands; the other's need not be loaded for it."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


class AlreadyDone(Exception):
    """This event or submission was dealt with before; nothing is to be done again."""


class Work:
    """One transaction. Facts and the jobs they cause are committed together or not at all."""

    def __init__(self, session: AsyncSession, dialect: str) -> None:
        self.session = session
        self.rings = False  # whether the clockwork should look at once
        self.grew = False  # whether rows were added and committed
        self._added = False
        self._planned = False
        self._insert = insert_into(dialect)

    async def commit(self) -> None:
        await self.session.commit()
        self.rings = self.rings or self._planned
        self.grew = self.grew or self._added or self._planned
        self._planned = self._added = False

    async def add(self, row: Row) -> Row:
        """Add a row and flush, so that its id is known and its constraints have spoken."""
        self.session.add(row)
        await self.session.flush()
        self._added = True
        return row

    async def ensure(self, row: SQLModel, *more: SQLModel) -> None:
        """Insert rows of one table, but for those whose unique key is there, also in a race."""
        statement = self._insert(type(row)).on_conflict_do_nothing()
        values = [each.model_dump(exclude={"id"}) for each in (row, *more)]
        await self.session.execute(statement, values)

    async def lock(self, table: type[Row], row_id: int) -> Row | None:
        """The row with this id as it is now, held against other writers until the end.

        It may still be referred to by new rows elsewhere: a job about it can be written meanwhile.
        """
        held = {"key_share": True}  # FOR NO KEY UPDATE, which foreign keys do not wait for
        return await self.session.get(table, row_id, with_for_update=held, populate_existing=True)

    async def once(self, key: str | None, now: datetime) -> None:
        """Note that `key` was dealt with; raises AlreadyDone when it was before. None is no key."""
        if key is None:
            return
        statement = (
            self._insert(Receipt)
            .values(key=key, received_at=now)
            .on_conflict_do_nothing(index_elements=["key"])
        )
        done = await self.session.execute(statement.returning(Receipt.key))
        if done.first() is None:
            raise AlreadyDone(key)

    async def plan(self, *jobs: Job) -> None:
        """Plan jobs; one whose dedupe key exists already is left as it is.

        Hundreds at once are those of a round or a list, and wait for what is more urgent.
        """
        if not jobs:
            return
        # The rows are given beside the statement, so that it is compiled once for any number.
        statement = self._insert(Job).on_conflict_do_nothing(index_elements=["dedupe_key"])
        reference = current()
        for job in jobs:
            job.reference = job.reference or reference
            job.rank = rank_of(job.kind, of_many=len(jobs) > MANY)
        await self.session.execute(statement, [job.model_dump(exclude={"id"}) for job in jobs])
        self._planned = True

    async def cancel_unsaid(self, *where: Any, reason: str) -> None:
        """Skip the pending jobs that match and were never said. `where` are column conditions.

        One that is on its way to Slack this moment, or may have arrived without our knowing, is
        left to whoever says it: what has arrived is said again, as things are now, and what has
        not is dropped when its facts are looked at.
        """
        on_its_way = col(Job.attempts) > 0
        await self.session.execute(
            update(Job)
            .where(
                _in_order(col(Job.state) == JobState.PENDING, col(Job.said_revision) == 0, *where)
            )
            .values(
                state=case((on_its_way, Job.state), else_=_SKIPPED),
                reason=reason,
                revision=Job.revision + 1,
            )
            .execution_options(synchronize_session=False)
        )

    async def want_again(self, *where: Any, now: datetime) -> None:
        """What was dropped unsaid, because its matter was settled then, or given up, is due now.

        For matters that open again under the same key, which `plan` leaves as it is.
        """
        unsaid = (col(Job.said_revision) == 0, col(Job.slack_ts).is_(None))
        dropped = col(Job.state).in_((JobState.SKIPPED, JobState.DEAD))
        # What was given up may have arrived, and is looked for first.
        is_dead = col(Job.state) == JobState.DEAD
        await self.session.execute(
            update(Job)
            .where(_in_order(dropped, *unsaid, *where))
            .values(
                state=JobState.PENDING,
                due_at=now,
                attempts=case((is_dead, 1), else_=0),
                reason=case((is_dead, Job.reason), else_=null()),
            )
            .execution_options(synchronize_session=False)
        )
        self._planned = True

    async def touch(self, *where: Any, now: datetime) -> None:
        """Say again, in place, the messages that match and stand in Slack, as things are now.

        One that is on its way there this moment, or may have arrived without our knowing, counts
        its attempts on: whoever says it finds that it has changed, and says it again.
        """
        said = col(Job.slack_ts).is_not(None)
        on_its_way = and_(col(Job.state) == JobState.PENDING, col(Job.attempts) > 0)
        done = await self.session.execute(
            update(Job)
            .where(_in_order(or_(said, on_its_way), *where))
            .values(
                revision=Job.revision + 1,
                state=JobState.PENDING,
                due_at=case((said, now), else_=Job.due_at),
                rank=case((said, literal_column(str(int(Rank.PUT_RIGHT)))), else_=Job.rank),
                attempts=case((said, 0), else_=Job.attempts),
                # An attempt that nobody heard of may have put other words there.
                said_as=case((col(Job.attempts) == 0, Job.said_as), else_=null()),
                # What became of the attempt before decides where nobody can look.
                reason=case((said, null()), else_=Job.reason),
            )
            .execution_options(synchronize_session=False)
        )
        assert isinstance(done, CursorResult)
        changed = done.rowcount
        if changed < 0:  # SQLite's driver does not count where a statement begins with WITH
            changed = (await self.session.execute(text("SELECT changes()"))).scalar_one()
        if changed > MANY:
            await self._yield_to_others(said, *where)
        self._planned = True

    async def _yield_to_others(self, *where: Any) -> None:
        await self.session.execute(
            update(Job)
            .where(col(Job.rank) == int(Rank.PUT_RIGHT), *where)
            .values(rank=int(Rank.PUT_MANY_RIGHT))
            .execution_options(synchronize_session=False)
        )


def _in_order(*where: Any) -> ColumnElement[bool]:
    """Those rows, locked by their ids' order: two who change the same ones do not wait for each
    other. (SQLite has one writer, and ignores it.)"""
    locked = select(col(Job.id)).where(*where).order_by(col(Job.id)).with_for_update()
    return col(Job.id).in_(select(locked.cte("in_order").c.id))
