"""SQLite at once where it can be, and on its thread where it has to wait."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.nearby import NearbyConnection
from tests.support import databases


@pytest.fixture
async def ours(sqlite_template: Path, tmp_path: Path, keyring: Keyring) -> AsyncIterator[Database]:
    database = Database.open(databases.sqlite_copy(sqlite_template, tmp_path), keyring)
    yield database
    await database.close()


async def _driver(session: AsyncSession) -> NearbyConnection:
    raw = await (await session.connection()).get_raw_connection()
    assert isinstance(raw.driver_connection, NearbyConnection)
    return raw.driver_connection


async def test_reading_and_writing_need_no_other_thread(ours: Database) -> None:
    async with ours.work() as work:
        driver = await _driver(work.session)
        before = driver._given
        await work.session.execute(text("UPDATE person SET title = 'x'"))
        await work.session.execute(text("SELECT * FROM person"))
        await work.commit()
    assert driver._given == before


async def test_others_go_on_while_a_writer_waits_for_another_process(
    ours: Database, tmp_path: Path, keyring: Keyring
) -> None:
    theirs = Database.open(str(ours.engine.url).replace("+aiosqlite", ""), keyring, alone=False)

    async def write() -> None:
        async with ours.work() as work:
            await work.session.execute(text("UPDATE person SET title = 'waited'"))
            await work.commit()

    async with theirs.work() as work:
        await work.session.execute(text("UPDATE person SET title = 'first'"))
        waiting = asyncio.create_task(write())
        for _ in range(20):
            async with ours.read() as session:
                await session.execute(text("SELECT 1"))
            await asyncio.sleep(0)
        assert not waiting.done()
        await work.commit()
    await waiting
    await theirs.close()


async def test_whoever_gives_up_waiting_leaves_the_connection_usable(
    ours: Database, keyring: Keyring
) -> None:
    theirs = Database.open(str(ours.engine.url).replace("+aiosqlite", ""), keyring, alone=False)
    async with theirs.work() as work:
        await work.session.execute(text("UPDATE person SET title = 'first'"))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), ours.work() as mine:
                await mine.session.execute(text("UPDATE person SET title = 'never'"))
        await work.commit()
    async with ours.work() as mine:
        await mine.session.execute(text("UPDATE person SET title = 'after'"))
        await mine.commit()
    await theirs.close()
