"""A fresh, complete database for a test, on either engine; made once, then copied."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.migrations import upgrade
from tests.support.postgres import Server

ENGINES = ("sqlite", "postgresql")
_numbers = itertools.count(1)


async def build(url: str, keyring: Keyring) -> None:
    """Give an empty database all its tables, as an installation gets them."""
    database = Database.open(url, keyring, alone=False)
    try:
        await upgrade(database)
    finally:
        await database.close()


def sqlite_template(folder: Path, keyring: Keyring) -> Path:
    """A SQLite file with all tables and nothing in it."""
    path = folder / "template.db"
    asyncio.run(build(f"sqlite:///{path}", keyring))
    return path


def postgres_template(server: Server, keyring: Keyring) -> str:
    """The name of a PostgreSQL database with all tables, this process's own."""
    name = f"template_{os.getpid()}"
    server.execute(f"CREATE DATABASE {name}")
    asyncio.run(build(server.url(name), keyring))
    return name


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a fresh SQLite file in `folder`."""
    path = folder / f"lantern{next(_numbers)}.db"
    path.touch(mode=0o600)
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


@contextmanager
def blank(get: Callable[[str], Any], engine: str, name: str) -> Iterator[str]:
    """The URL of a database without a single table; `get` is `request.getfixturevalue`.

    `name` says what it is for; on the server that all workers share it becomes one of its own.
    """
    if engine == "sqlite":
        yield f"sqlite:///{get('tmp_path') / name}.db"
        return
    server: Server = get("postgres")
    own = f"{name}_{os.getpid()}_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {own}")
    try:
        yield server.url(own)
    finally:
        drop(server, server.url(own))


class Postgres:
    """Complete, empty PostgreSQL databases: copied from a template, and swept to be lent again.

    Copying one takes a tenth of a second and two checkpoints, half of what a test takes; emptying
    the few tables that a test wrote takes hundredths, by a connection that stays in each.
    """

    def __init__(self, server: Server, keyring: Keyring) -> None:
        self.server = server
        self._template = postgres_template(server, keyring)
        self._sweepers: dict[str, psycopg.Connection] = {}
        self._free: list[str] = []
        with psycopg.connect(server.url(self._template), autocommit=True) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()

    def lend(self) -> str:
        """The URL of a complete database with nothing in it."""
        if self._free:
            return self._free.pop()
        name = f"test_{os.getpid()}_{next(_numbers)}"
        # Copying files is twice as quick as writing every page to a log nobody will replay.
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY FILE_COPY")
        url = self.server.url(name)
        self._sweepers[url] = psycopg.connect(url, autocommit=True)
        return url

    def take_back(self, url: str) -> None:
        """Whoever is still in it is put out; what a test built anew is thrown away."""
        sweeper = self._sweepers[url]
        sweeper.execute(_PUT_OUT)
        sweeper.execute(_SWEEP)
        if sweeper.execute(_SHAPE).fetchone() == self._shape:
            self._free.append(url)
            return
        self._sweepers.pop(url).close()
        drop(self.server, url)

    def close(self) -> None:
        """Nobody sweeps any more; the databases go with the server."""
        for sweeper in self._sweepers.values():
            sweeper.close()


def drop(server: Server, url: str) -> None:
    """Throw a PostgreSQL database away, whoever is still in it."""
    server.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


_PUT_OUT: LiteralString = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_SHAPE: LiteralString = """
    SELECT md5(string_agg(concat_ws(' ', c.relname, c.relkind, a.attname, a.atttypid, a.attnotnull),
                          ',' ORDER BY c.relname, a.attnum)),
           (SELECT string_agg(version_num, ',') FROM alembic_version)
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace
"""

# Foreign keys sleep meanwhile: everything goes, in whatever order.
_SWEEP: LiteralString = """
    SET session_replication_role = replica;
    DO $$
    DECLARE one record; used boolean;
    BEGIN
        FOR one IN SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND relname <> 'alembic_version'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.relname) INTO used;
            IF used THEN EXECUTE format('DELETE FROM %I', one.relname); END IF;
        END LOOP;
        PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
    END $$
"""
