"""SQLite without a trip to another thread for every step.

The driver hands each cursor, statement and fetch to a thread of its own and waits for the answer:
a hundred hand-overs for one answer to a person, each at the mercy of whatever else runs. Our
statements are indexed and touch few pages, in less time than one hand-over takes, so they are done
where they are asked for. What may really have to wait goes to the thread: a write lock that another
process holds, and opening and closing the file.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_AFAR = ("PRAGMA journal_mode", "VACUUM")
_FOR_THE_LOCK = "BEGIN IMMEDIATE"


class NearbyConnection(aiosqlite.Connection):
    """A connection that works at once, and on its thread where it may have to wait."""

    # Steps given to the thread, and steps it has done. While they differ, also because somebody
    # gave up waiting, what follows queues behind them: nothing overtakes, nothing runs beside.
    _given = 0
    _done = 0

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")  # the words by which the dialect knows it
        if self._given == self._done and not _may_wait(fn, args):
            if not (args and args[0] == _FOR_THE_LOCK):
                return fn(*args, **kwargs)
            if _at_once(self._connection, lambda: fn(*args, **kwargs)):
                return None
        self._given += 1
        return await super()._execute(self._afar, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _afar(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        finally:
            self._done += 1


def _may_wait(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    if args and isinstance(args[0], str):
        return args[0].startswith(_AFAR)
    return fn.__name__ in ("close", "backup") and isinstance(
        getattr(fn, "__self__", None), sqlite3.Connection
    )


def _at_once(connection: sqlite3.Connection, begin: Callable[[], object]) -> bool:
    """Begin without waiting for anybody; False when another process is writing."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        begin()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")
    return True


def connect(database: str, **options: Any) -> aiosqlite.Connection:
    """A connection for the engine, with the options of `sqlite3.connect`; opened when awaited."""
    # Two threads use it in turn, never at once.
    options["check_same_thread"] = False
    connection = NearbyConnection(lambda: sqlite3.connect(database, **options), 64)
    connection._thread.daemon = True
    return connection
