"""Why a database says no: for now, for want of room, or because something is wrong."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# A disk that is full, or does not take what is written to it: until somebody makes room.
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_DISK_FULL = "53100"  # PostgreSQL's code


class Busy(Exception):
    """The database has no time for another writer just now; trying again may do."""


def is_busy(error: BaseException) -> bool:
    """Whether the database refused for now: a lock, a lost connection, a full disk. Trying again
    may do."""
    if isinstance(error, PoolTimeout | Busy):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):  # where a missing table is "operational" too
        return _code(error.orig) in _LOCKED | _NO_ROOM
    return isinstance(error, OperationalError) or error.connection_invalidated


def is_full(error: BaseException) -> bool:
    """Whether there was no room to write."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return _code(error.orig) in _NO_ROOM
    return getattr(error.orig, "sqlstate", None) == _DISK_FULL


def code_of(error: BaseException) -> str | None:
    """The database's own word for it: "SQLITE_READONLY", "53100". It tells nothing of the data."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", None)
    return getattr(cause, "sqlstate", None)


def _code(error: sqlite3.Error) -> int:
    return error.sqlite_errorcode & 0xFF
