"""The database: SQLite by itself, PostgreSQL by one URL, and its units of work."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import CursorResult, Executable, event, make_url
from sqlalchemy.engine import URL, Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import greenlet_spawn

from bot.store.crypto import Keyring, give_keyring, keyring_of
from bot.store.nearby import connect
from bot.store.refusals import Busy, is_busy, is_full
from bot.store.work import Work

# Slack waits three seconds for an answer; a writer that waits longer for the lock would lose what
# the person typed, so it gives up in time to say so (decision 004).
SQLITE_BUSY_MS = 2000

PING_AFTER = 2.0
"""Seconds that a connection to PostgreSQL was idle, after which it is looked at before use."""


__all__ = ["Busy", "Database", "InUse", "driver_url", "held", "is_busy", "sqlite_file"]


class InUse(Exception):
    """Another process has this SQLite file open; one file is for one process."""


def driver_url(url: str) -> URL:
    """The URL an operator writes ("sqlite:///x.db", "postgresql://…") with its async driver."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"Lantern runs on SQLite or PostgreSQL, not on {backend}")


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite URL; None for PostgreSQL or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def make_engine(url: str, keyring: Keyring) -> AsyncEngine:
    """An engine with our pragmas and the keyring for sealed columns.

    On PostgreSQL its statements are each a transaction of their own: most of ours are, and to put
    a connection in and out of a transaction costs the driver as much as a short statement.
    """
    address = driver_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_async_engine(
            address,
            connect_args={"timeout": SQLITE_BUSY_MS / 1000, "async_creator_fn": connect},
        )
        event.listen(engine.sync_engine, "connect", _sqlite_pragmas)
        event.listen(engine.sync_engine, "begin", _sqlite_begin)
    else:
        engine = create_async_engine(
            address, isolation_level="AUTOCOMMIT", pool_size=10, max_overflow=10
        )
        event.listen(engine.sync_engine, "connect", _no_compiling)
        event.listen(engine.sync_engine, "checkin", _note_use)
        event.listen(engine.sync_engine, "checkout", _ping_if_idle(engine.dialect))
    give_keyring(engine.sync_engine.dialect, keyring)
    return engine


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE is ours to say.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={SQLITE_BUSY_MS}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _no_compiling(connection: Any, _record: object) -> None:
    # All statements of ours are short. PostgreSQL would compile the claim, which has a loop over
    # all workspaces, and take five times as long for that as for the claim.
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = monotonic()


def _ping_if_idle(dialect: Dialect) -> Callable[..., None]:
    """Looks whether a connection still stands, but not one that was in use a moment ago: asking
    takes as long as what is asked for."""

    def look(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - record.info.get("used", monotonic()) < PING_AFTER:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another one

    return look


def _sqlite_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("lantern_read", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Database:
    """One engine and the units of work on it. `bell` is rung after a commit that planned jobs.

    `engine` begins transactions; where it is PostgreSQL's, `autocommit`, which shares its
    connections, does not.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = self.autocommit = engine
        self.bell: Callable[[], None] = lambda: None
        self.is_full = False  # there was no room for the last thing to be written
        self._reader = engine.execution_options(lantern_read=True)
        if self.dialect == "postgresql":
            # To read needs no transaction there: each statement sees its own moment in one, too,
            # and a rollback costs the driver what it prepared.
            self.engine = engine.execution_options(isolation_level="READ COMMITTED")
        self._lock: FileLock | None = None
        # SQLite has one writer, and those who wait for it sleep and look again: under load some
        # sleep past their time. Within the process they queue here instead, first come, first
        # served.
        self._turn = asyncio.Lock() if self.dialect == "sqlite" else None

    @classmethod
    def open(cls, url: str, keyring: Keyring, *, alone: bool = True) -> "Database":
        """Open the database at `url`. With `alone`, a SQLite file is held by a lock beside it.

        Raises InUse when another process holds it, ValueError for another kind of database.
        """
        path = sqlite_file(url)
        lock = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            if alone:
                lock = _hold(path)
        database = cls(make_engine(url, keyring))
        database._lock = lock
        return database

    def mark(self, text: str) -> str:
        """See `Keyring.mark`."""
        return keyring_of(self.engine.sync_engine.dialect).mark(text)

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A transaction to write in. Leaving it without `await work.commit()` rolls back."""
        async with self._writing(), self._session(self.engine) as session:
            work = Work(session, self.dialect)
            try:
                yield work
            except Exception as error:
                self.is_full = self.is_full or is_full(error)
                raise
            finally:
                if work.grew:
                    self.is_full = False
                # Also when something after the commit went wrong: what was planned is planned.
                if work.rings:
                    self.bell()

    async def change(self, statement: Executable, values: Mapping[str, object]) -> int:
        """Run one UPDATE or DELETE that is a transaction of its own; how many rows it changed.

        On PostgreSQL nothing else is sent for it: no beginning, no end, no session to carry.
        """
        if self._turn is None:
            return await greenlet_spawn(self._change, statement, values)
        async with self.work() as work:
            done = await work.session.execute(statement, values)
            await work.commit()
        assert isinstance(done, CursorResult)
        return done.rowcount

    def _change(self, statement: Executable, values: Mapping[str, object]) -> int:
        # In one go: connecting, executing and closing would each be begun anew, the last in a task.
        with self.autocommit.sync_engine.connect() as connection:
            return connection.execute(statement, values).rowcount

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[None]:
        """This process's turn to write; raises Busy when it does not come in time."""
        if self._turn is None:
            yield
            return
        try:
            async with asyncio.timeout(SQLITE_BUSY_MS / 1000):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy("too many writers wait for the database") from None
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """To read in: it takes no write lock, and nothing that is changed in it is kept."""
        async with self._session(self._reader) as session:
            with session.no_autoflush:
                yield session

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        session = AsyncSession(engine, expire_on_commit=False)
        if self._turn is None:
            async with session:
                yield session
            return
        # The session's own block would close it in a task, to be safe from a cancellation; here
        # closing waits for nothing, and the others' turns would come in between.
        try:
            yield session
        finally:
            await session.close()

    async def close(self) -> None:
        await self.engine.dispose()
        if self._lock is not None:
            self._lock.release()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """No process of Lantern has this SQLite file open meanwhile. Raises InUse when one does."""
    lock = _hold(path)
    try:
        yield
    finally:
        lock.release()


def _hold(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InUse(f"{path.name} is open in another process") from error
    return lock
