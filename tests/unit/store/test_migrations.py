"""Migrations: they say what the models say, and any number of processes may run them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from bot.store import migrations
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.migrations import drift
from bot.store.migrations.revise import revise
from tests.support import databases
from tests.support.facts import Facts


@asynccontextmanager
async def empty(
    request: pytest.FixtureRequest, engine: str, name: str, keyring: Keyring
) -> AsyncIterator[Database]:
    """A database with nothing in it, open."""
    with databases.blank(request.getfixturevalue, engine, name) as url:
        database = Database.open(url, keyring)
        try:
            yield database
        finally:
            await database.close()


engines = pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


@pytest.mark.postgresql
def test_two_that_ask_for_an_empty_one_get_one_each(request: pytest.FixtureRequest) -> None:
    """All workers of a run share one server, and two tests may say the same name."""
    get = request.getfixturevalue
    with (
        databases.blank(get, "postgresql", "same") as one,
        databases.blank(get, "postgresql", "same") as other,
    ):
        assert one != other


@engines
async def test_models_and_migrations_say_the_same(
    request: pytest.FixtureRequest, engine: str, keyring: Keyring
) -> None:
    async with (
        empty(request, engine, "drift_migrated", keyring) as migrated,
        empty(request, engine, "drift_created", keyring) as created,
    ):
        assert await drift.differences(migrated, created) == []


@engines
async def test_upgrading_again_changes_nothing(
    request: pytest.FixtureRequest, engine: str, keyring: Keyring
) -> None:
    async with empty(request, engine, "upgraded_twice", keyring) as database:
        assert await migrations.revision(database) is None
        await migrations.upgrade(database)
        person = await Facts(database).person()
        await migrations.upgrade(database)
        assert await migrations.revision(database) == migrations.head()
        assert (await Facts(database).one(type(person), person.id)).name == person.name


@pytest.mark.postgresql
async def test_processes_that_start_together(
    request: pytest.FixtureRequest, keyring: Keyring
) -> None:
    """On PostgreSQL; a SQLite file is for one process, which starts once."""
    async with empty(request, "postgresql", "upgraded_together", keyring) as database:
        await asyncio.gather(*(migrations.upgrade(database) for _ in range(4)))
        assert await migrations.revision(database) == migrations.head()


def test_the_newest_revision_is_the_one_that_is_named() -> None:
    scripts = ScriptDirectory.from_config(migrations.config())
    assert scripts.get_current_head() == migrations.HEAD
    assert migrations.known() >= {migrations.HEAD}


def test_a_new_revision_follows_the_newest(tmp_path: Path) -> None:
    number = asyncio.run(revise("a little more", tmp_path))
    (written,) = tmp_path.glob("*.py")
    assert written.name == f"{number}_a_little_more.py"
    assert f"down_revision = '{migrations.HEAD}'" in written.read_text()
    assert "op." not in written.read_text(), "the models and the migrations say the same"
