"""Small databases as each release made them, kept as SQL: what an installation upgrades from.

`python -m tests.upgrades.dumps 0.1.0` writes those of the release that is about to be made, from
what this checkout makes; they never change afterwards. They are full of `everything`: a row in
every table that can hold something about a person, with all the texts that are sealed.
"""

import argparse
import asyncio
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg

from bot.store.crypto import Keyring
from bot.store.engine import Database, sqlite_file
from bot.store.migrations import upgrade
from tests.support.everything import everything
from tests.support.facts import Facts
from tests.support.postgres import Server, Shared, binaries

FOLDER = Path(__file__).parent / "dumps"
KEY = (
    "bGFudGVybi11cGdyYWRlcy1rZWVwLXRoaXMta2V5LTE="  # of the dumps alone; nothing else is sealed so
)


def releases(engine: str) -> list[str]:
    """The releases of which there is a dump for this engine, oldest first."""
    found = [file.name.removesuffix(f".{engine}.sql") for file in FOLDER.glob(f"*.{engine}.sql")]
    return sorted(found, key=lambda release: [int(part) for part in release.split(".")])


def load(release: str, engine: str, url: str) -> None:
    """Fill an empty database as that release left it."""
    sql = (FOLDER / f"{release}.{engine}.sql").read_text("utf-8")
    if engine == "postgresql":
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.encode())
        return
    path = sqlite_file(url)
    assert path is not None
    with closing(sqlite3.connect(path)) as file:
        file.executescript(sql)


async def fill(url: str) -> None:
    """A complete database with a row nearly everywhere."""
    database = Database.open(url, Keyring([KEY]), alone=False)
    try:
        await upgrade(database)
        await everything(Facts(database))
    finally:
        await database.close()


def dump_sqlite(url: str) -> str:
    """The whole file as SQL."""
    path = sqlite_file(url)
    assert path is not None
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump()) + "\n"
    finally:
        connection.close()


def dump_postgresql(url: str) -> str:
    """The whole database as SQL that any client can run."""
    options = ("--inserts", "--no-owner", "--no-privileges")
    made = subprocess.run(
        [binaries() / "pg_dump", *options, url], capture_output=True, text=True, check=True
    )
    kept = (line for line in made.stdout.splitlines() if line and not line.startswith(("--", "\\")))
    return "\n".join(kept) + "\n"


def write(release: str, server: Server) -> None:
    """Write the dumps of both engines."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'release.db'}"
        asyncio.run(fill(url))
        (FOLDER / f"{release}.sqlite.sql").write_text(dump_sqlite(url), "utf-8")
    server.execute("CREATE DATABASE release")
    asyncio.run(fill(server.url("release")))
    (FOLDER / f"{release}.postgresql.sql").write_text(
        dump_postgresql(server.url("release")), "utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep the databases of a release.")
    parser.add_argument("release", help="such as 0.1.0")
    with tempfile.TemporaryDirectory() as folder:
        shared = Shared(Path(folder))
        try:
            write(parser.parse_args().release, shared.enter())
        finally:
            shared.leave()


if __name__ == "__main__":
    main()
