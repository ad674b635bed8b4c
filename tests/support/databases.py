"""A fresh, complete database for a test, on either engine; made once, then copied."""

import asyncio
import itertools
import os
import shutil
from pathlib import Path

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
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def postgres_copy(server: Server, template: str) -> str:
    """The URL of a fresh PostgreSQL database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    # Copying files is twice as quick as writing every page to the log, which nobody will replay.
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return server.url(name)


def drop(server: Server, url: str) -> None:
    """Throw a PostgreSQL database away, whoever is still in it."""
    server.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")
