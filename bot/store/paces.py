"""The books of Slack's pace in the database, for any number of processes.

A book is read, changed by whoever read it, and put back if it still is what was read: two short
statements, each a transaction of its own, and never a lock while somebody waits. Whoever dies in
between has changed nothing.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text, update
from sqlmodel import col

from bot.domain.pace_book import Book, Reading
from bot.store.engine import Database
from bot.store.tables.outbox import PaceRow
from bot.store.work import insert_into

_READ = text(
    "SELECT extract(epoch FROM clock_timestamp())::float8, version, free, free_for_people,"
    " paused_until, paused_for, ahead"
    " FROM (VALUES (1)) AS one LEFT JOIN pace ON team_id = :team_id AND method = :method"
)


class SharedShelf:
    """The books in a PostgreSQL database, by the database's clock.

    `now` stands in for that clock where time is moved by hand (seconds).
    """

    def __init__(self, db: Database, now: Callable[[], float] | None = None) -> None:
        self._engine = db.autocommit
        self._insert = insert_into(db.dialect)
        self._now = now

    async def read(self, team_id: str, method: str) -> Reading:
        async with self._engine.connect() as connection:
            found = await connection.execute(_READ, {"team_id": team_id, "method": method})
            now, version, *book = found.one()
        moment = now if self._now is None else self._now()
        return Reading(Book() if version is None else Book(*book), version or 0, moment)

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        values: dict[str, Any] = {
            "free": book.free,
            "free_for_people": book.free_for_people,
            "paused_until": book.paused_until,
            "paused_for": book.paused_for,
            "ahead": book.ahead,
            "version": version + 1,
        }
        statement: Any
        if version == 0:
            statement = self._insert(PaceRow).values(team_id=team_id, method=method, **values)
            statement = statement.on_conflict_do_nothing()
        else:
            statement = (
                update(PaceRow)
                .values(**values)
                .where(
                    col(PaceRow.team_id) == team_id,
                    col(PaceRow.method) == method,
                    col(PaceRow.version) == version,
                )
            )
        async with self._engine.connect() as connection:
            done = await connection.execute(statement.returning(PaceRow.version))
            return done.first() is not None
