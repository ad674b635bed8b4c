"""A database that an older release made becomes today's, and nothing in it is lost."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from bot import __version__
from bot.store.columns import Sealed, SealedJSON
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.migrations import drift, head, revision, upgrade
from bot.store.tables import metadata
from tests.support import databases
from tests.upgrades import dumps

CASES = [
    pytest.param(engine, release, marks=pytest.mark.postgresql if engine == "postgresql" else ())
    for engine in ("sqlite", "postgresql")
    for release in dumps.releases(engine)
]
Rows = dict[str, list[dict[str, Any]]]


@asynccontextmanager
async def database_of(
    get: Callable[[str], Any], engine: str, release: str | None
) -> AsyncIterator[Database]:
    """A database as that release left it (None: an empty one), open."""
    name = f"upgrade_{release}".replace(".", "_").lower()
    with databases.blank(get, engine, name) as url:
        if release is not None:
            dumps.load(release, engine, url)
        database = Database.open(url, Keyring([dumps.KEY]), alone=False)
        try:
            yield database
        finally:
            await database.close()


def rows_in(connection: Connection) -> Rows:
    """Every row of every table but Alembic's own, as the database holds it."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]
        for name in tables
    }


def still_there(before: Rows, after: Rows) -> list[str]:
    """What is no longer as it was, in the tables and columns that both have."""
    lost = []
    for table in before.keys() & after.keys():
        columns = set(after[table][0]) if after[table] else set()
        for row in before[table]:
            kept = {key: value for key, value in row.items() if key in columns}
            if not kept or not any(kept.items() <= now.items() for now in after[table]):
                lost.append(f"{table}: {row}")
    return lost


def meant(checks: dict[str, list[tuple[str, str]]]) -> set[tuple[str, str, frozenset[str]]]:
    """The CHECK constraints by name and the values they speak of.

    PostgreSQL writes one down with other brackets and casts each time it passes through SQL.
    """
    return {
        (table, name, frozenset(re.findall(r"'[^']*'|\b\d+\b", said)))
        for table, found in checks.items()
        for name, said in found
    }


@pytest.mark.parametrize(("engine", "release"), CASES)
async def test_it_becomes_todays_and_loses_nothing(
    request: pytest.FixtureRequest, engine: str, release: str
) -> None:
    get = request.getfixturevalue
    async with database_of(get, engine, release) as old:
        async with old.engine.connect() as connection:
            before = await connection.run_sync(rows_in)
        assert sum(map(len, before.values())) > 50
        await upgrade(old)
        assert await revision(old) == head()
        async with old.engine.connect() as connection:
            after = await connection.run_sync(rows_in)
            wrong = await connection.run_sync(drift.compare)
            checks = await connection.run_sync(drift.checks)
        assert wrong == []
        assert still_there(before, after) == []
        async with database_of(get, engine, None) as new:
            await upgrade(new)
            async with new.engine.connect() as connection:
                assert meant(checks) == meant(await connection.run_sync(drift.checks))


@pytest.mark.parametrize(("engine", "release"), CASES)
async def test_all_that_was_sealed_opens(
    request: pytest.FixtureRequest, engine: str, release: str
) -> None:
    async with database_of(request.getfixturevalue, engine, release) as old:
        await upgrade(old)
        opened = 0
        async with old.read() as session:
            for table in metadata.sorted_tables:
                sealed = [c.key for c in table.columns if isinstance(c.type, Sealed | SealedJSON)]
                for row in (await session.execute(table.select())).mappings():
                    opened += sum(bool(row[key]) for key in sealed)
        assert opened > 10


def test_what_is_lost_is_seen() -> None:
    before = {"person": [{"id": 1, "name": "Ada", "old": 1}, {"id": 2, "name": "Bo", "old": 1}]}
    renamed = {"person": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bob"}]}
    assert len(still_there(before, renamed)) == 1
    assert len(still_there(before, {"person": []})) == 2
    assert (
        still_there(before, {"person": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"}]}) == []
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_this_release_is_kept(engine: str) -> None:
    assert __version__ in dumps.releases(engine), (
        f"python -m tests.upgrades.dumps {__version__} keeps what this release makes"
    )
