"""The engines: their addresses, one process a file, and a database that is busy."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import bindparam, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import col, select

from bot.services.errors import is_busy
from bot.store.columns import Moment
from bot.store.crypto import Keyring
from bot.store.engine import Database, InUse, driver_url, sqlite_file
from bot.store.tables import Person
from tests.support import databases
from tests.support.clock import MONDAY
from tests.support.facts import Facts

_SOMEBODY_WAITS = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock')"
)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite"),
        ("postgresql://u@h/d", "postgresql+psycopg"),
        ("postgres://u@h/d", "postgresql+psycopg"),
    ],
)
def test_the_driver_is_ours_to_choose(url: str, driver: str) -> None:
    assert driver_url(url).drivername == driver


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        driver_url("mysql://h/d")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///x.db", Path("x.db")),
        ("sqlite:////a/x.db", Path("/a/x.db")),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql://h/d", None),
    ],
)
def test_the_file_behind_a_url(url: str, path: Path | None) -> None:
    assert sqlite_file(url) == path


async def test_one_file_is_for_one_process(tmp_path: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'x.db'}"
    first = Database.open(url, keyring)
    with pytest.raises(InUse, match=r"x\.db"):
        Database.open(url, keyring)
    await first.close()
    await Database.open(url, keyring).close()


async def test_a_moment_without_a_zone_is_refused() -> None:
    from sqlalchemy.dialects import sqlite

    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(MONDAY.replace(tzinfo=None), sqlite.dialect())


async def test_moments_come_back_aware(database: Database) -> None:
    from zoneinfo import ZoneInfo

    facts = Facts(database)
    there = MONDAY.astimezone(ZoneInfo("Asia/Tokyo"))
    person = await facts.person(paused_at=there)
    found = (await facts.one(Person, person.id)).paused_at
    assert (found, found.utcoffset()) == (MONDAY, MONDAY.utcoffset())


async def test_the_database_checks_what_it_is_told(database: Database) -> None:
    facts = Facts(database)
    request = await facts.request(await facts.person())
    for statement in (
        "UPDATE request SET state = 'lost'",
        "UPDATE request SET length_minutes = 90",
        "UPDATE request SET mentee_id = 99",
    ):
        with pytest.raises(IntegrityError):
            async with database.work() as work:
                await work.session.execute(text(statement))
    assert request.id


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    facts = Facts(database)
    await facts.person("Ada")
    async with database.work() as work:
        await work.session.execute(text("UPDATE person SET name = 'Eve'"))
        (seen,) = await facts.all(Person)
        assert seen.name == "Ada"
        await work.commit()


async def test_what_is_changed_in_what_was_read_is_not_kept(database: Database) -> None:
    facts = Facts(database)
    ada = await facts.person("Ada")
    async with database.read() as session:
        found = await session.get_one(Person, ada.id)
        found.name = "Eve"
        assert await session.scalar(select(Person.name)) == "Ada"
    assert (await facts.one(Person, ada.id)).name == "Ada"


@pytest.mark.postgresql
async def test_reading_leaves_the_driver_what_it_prepared(
    postgres_databases: databases.Postgres, keyring: Keyring
) -> None:
    """It prepares what it is asked for often, and forgets all of it at a rollback."""
    url = postgres_databases.lend()
    database = Database.open(url, keyring)
    for _ in range(8):
        async with database.read() as session:
            await session.scalars(select(Person))
    async with database.read() as session:
        prepared = await session.scalars(text("SELECT statement FROM pg_prepared_statements"))
        assert any("FROM person" in each for each in prepared)
    await database.close()
    postgres_databases.take_back(url)


@pytest.mark.postgresql
async def test_who_gives_up_waiting_for_a_row_leaves_no_connection_behind(
    postgres_databases: databases.Postgres, keyring: Keyring
) -> None:
    url = postgres_databases.lend()
    database = Database.open(url, keyring)
    facts = Facts(database)
    ada = await facts.person("Ada")
    rename = update(Person).where(col(Person.id) == ada.id).values(name=bindparam("new"))
    async with database.work() as work:
        await work.session.execute(rename, {"new": "Held"})
        waiting = asyncio.create_task(database.change(rename, {"new": "Eve"}))
        async with database.read() as session:
            while not await session.scalar(_SOMEBODY_WAITS):
                pass  # to ask gives the other its turn
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert database.autocommit.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert await database.change(rename, {"new": "Bo"}) == 1
    assert (await facts.one(Person, ada.id)).name == "Bo"
    await database.close()
    postgres_databases.take_back(url)


async def test_many_writers_all_get_their_turn(database: Database) -> None:
    facts = Facts(database)
    await facts.workspace()

    async def meet(number: int) -> None:
        async with database.work() as work:
            await work.add(Person(workspace_id=1, slack_id=f"U{number}", refreshed_at=MONDAY))
            await work.commit()

    await asyncio.gather(*(meet(number) for number in range(60)))
    assert len(await facts.all(Person)) == 60


async def test_a_locked_file_says_so_before_slack_gives_up(
    sqlite_template: Path, tmp_path: Path, keyring: Keyring
) -> None:
    """Slack waits three seconds, we wait two."""
    url = databases.sqlite_copy(sqlite_template, tmp_path)
    ours = Database.open(url, keyring)
    theirs = Database.open(url, keyring, alone=False)
    facts = Facts(ours)
    person = await facts.person("Ada")
    async with ours.work() as work:
        waits = (await work.session.execute(text("PRAGMA busy_timeout"))).scalar_one()
    assert waits == 2_000  # milliseconds
    async with theirs.work() as work:
        await work.session.execute(text("UPDATE person SET title = 'locked'"))
        with pytest.raises(OperationalError) as caught:  # noqa: PT012
            async with ours.work() as mine:
                await mine.once("modal:1", MONDAY)
                await mine.commit()
        assert is_busy(caught.value)
    async with ours.work() as mine:
        await mine.once("modal:1", MONDAY)  # nothing half-written: the receipt is not spent
        await mine.commit()
    assert (await facts.one(Person, person.id)).title == ""
    for database in (ours, theirs):
        await database.close()


async def test_a_fault_of_ours_is_not_called_busy(database: Database) -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as caught:
        async with database.work() as work:
            await work.session.execute(text("SELECT * FROM no_such_table"))
    assert not is_busy(caught.value)
    assert not is_busy(RuntimeError("locked"))


async def test_a_database_that_is_away_is_busy(keyring: Keyring) -> None:
    away = Database.open("postgresql://lantern@127.0.0.1:1/nowhere", keyring)
    with pytest.raises(OperationalError) as caught:
        async with away.read() as session:
            await session.execute(text("SELECT 1"))
    assert is_busy(caught.value)
    await away.close()
