"""The database: reachable, of this version, with room to grow, and opened by the keys."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from bot.config import Settings, variable
from bot.ops.checks import Wrong
from bot.ops.storage import key_path, keyring
from bot.store import migrations
from bot.store.engine import Database
from bot.store.migrations.drift import compare
from bot.store.refusals import code_of
from bot.store.sealed import samples

LEAST_FREE = 200 * 1024 * 1024  # bytes
WAL_MOST = 256 * 1024 * 1024  # bytes; it is written back at 4 MB when nobody keeps it


async def schema(database: Database) -> str:
    """Reached, written to, and of a version that this code knows."""
    try:
        present = await migrations.revision(database)
        if present in migrations.known():
            await migrations.try_writing(database)
    except Exception as error:
        raise Wrong(
            f"it cannot be reached or written ({code_of(error) or type(error).__name__}): look at "
            f"{variable('database_url')}, at the server, and at the rights on the file."
        ) from error
    if present is None:
        return f"{_where(database)} is empty; the first start makes its tables."
    if present not in migrations.known():
        raise Wrong(
            f"it is at revision {present}, which this version does not know: update Lantern."
        )
    if present != migrations.head():
        return f"it is at revision {present}; the next start brings it to {migrations.head()}."
    return f"{_where(database)}, at revision {present}, reachable and writable."


async def none_yet(path: Path) -> str:
    """Of a SQLite file that is not there."""
    return _to_be_made(path)


def _to_be_made(path: Path) -> str:
    path = path.absolute()
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        raise Wrong(f"{path} is to be made, and {folder} may not be written to.")
    return (
        f"there is none at {path}; the first start makes it. If there should be one, "
        "this is not the folder that Lantern is started in."
    )


def _where(database: Database) -> str:
    """Which one it is, without a password."""
    url = database.engine.url
    if database.dialect == "sqlite":
        return str(Path(url.database or "").absolute())
    return f"{database.dialect} {url.host or 'on this machine'}/{url.database}"


async def drift(database: Database) -> str:
    """Whether somebody changed the tables by hand."""
    async with database.engine.connect() as connection:
        found = await connection.run_sync(compare)
    if found:
        raise Wrong(
            f"the tables differ from this version's in {len(found)} places, such as "
            f"{_place(found[0])}: undo what was changed by hand, or restore a backup."
        )
    return "the tables are as this version made them."


def _place(difference: object) -> str:
    """What is different, in Alembic's words: ("add_index", …) and the names in it."""
    while isinstance(difference, list):
        difference = difference[0]
    kind, *about = difference if isinstance(difference, tuple) else (str(difference),)
    names = [each if isinstance(each, str) else getattr(each, "name", None) for each in about]
    return " ".join(str(each) for each in (kind, *names) if each)


async def room(settings: Settings, database: Database) -> str:
    """Of a SQLite file: the disk, the rights, the log beside it. Of PostgreSQL: connections."""
    if settings.sqlite_path is not None:
        return _files(settings.sqlite_path)
    return await _connections(database)


def _files(path: Path) -> str:
    belonging = [path, key_path(path), *(path.with_name(path.name + end) for end in ("-wal",))]
    for file in belonging:
        if file.exists() and file.stat().st_mode & 0o077:
            raise Wrong(f"others on this machine may read {file}: chmod 600 it.")
    if not os.access(path.parent, os.W_OK):
        raise Wrong(
            f"{path.parent.absolute()} may not be written to, and the files beside the database "
            "are made there: look at its rights."
        )
    size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    if free < max(LEAST_FREE, size):
        raise Wrong(
            f"{_mb(free)} MB are free and the database has {_mb(size)}: make room on the disk, or "
            "Lantern will have to say no to everybody."
        )
    wal = belonging[2].stat().st_size if belonging[2].exists() else 0
    if wal > WAL_MOST:
        raise Wrong(
            f"{belonging[2]} has grown to {_mb(wal)} MB: something keeps the database open for "
            "reading; end it, or start Lantern again."
        )
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        if opened.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Wrong(f"{path} is damaged: restore a backup.")
    return f"{_mb(size)} MB of database, {_mb(free)} MB free, and only its owner may read it."


def _mb(size: int) -> int:
    return round(size / 1024 / 1024)


async def _connections(database: Database) -> str:
    async with database.read() as session:
        row = (await session.execute(text(_CONNECTIONS))).one()
    used, most, encoding = int(row[0]), int(row[1]), str(row[2])
    if encoding != "UTF8":
        raise Wrong(f"its encoding is {encoding}: make the database anew with ENCODING UTF8.")
    if used > most * 0.9:
        raise Wrong(
            f"{used} of {most} connections are in use: raise max_connections, or run fewer "
            "processes (each takes up to 20)."
        )
    return f"{used} of {most} connections are in use."


_CONNECTIONS = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
           current_setting('max_connections')::int, current_setting('server_encoding')
"""


async def keys(settings: Settings, database: Database) -> str:
    """Whether they open what is stored: the first and the last texts of every sealed column."""
    found = await samples(database, keyring(settings))
    if closed := [each.name for each in found if each.closed]:
        raise Wrong(
            f"none of the keys opens what is in {', '.join(closed)}: put the key this data was "
            f"written with into {variable('secret_keys')}, after the new one."
        )
    opened, older = (sum(each.opened for each in found), sum(each.older for each in found))
    if older:
        return (
            f"they open what is stored; {older} of {opened} texts looked at need an older key: "
            "python -m bot rotate, before it goes."
        )
    return "they open what is stored." if opened else "nothing is encrypted yet."
