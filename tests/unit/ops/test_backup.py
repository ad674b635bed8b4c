"""A backup is whole, private and made beside a running Lantern; it comes back, or says why not."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.config import SettingProblem, Settings
from bot.ops.backup import backup
from bot.ops.restoring import BEFORE, restore
from bot.ops.storage import key_path, open_database
from bot.store import migrations
from bot.store.engine import Database
from bot.store.tables import Draft, Person
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.support.installation import settings_with


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a SQLite file and the key that is made beside it."""
    return settings_with(f"sqlite:///{tmp_path / 'there/lantern.db'}")


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Database]:
    """Lantern has the database open, and somebody wrote a word."""
    database = open_database(settings)
    await migrations.upgrade(database)
    await _writes(database, "a word")
    yield database
    await database.close()


async def _writes(database: Database, words: str) -> None:
    facts = Facts(database)
    people = await facts.all(Person)
    person = people[0] if people else await facts.person()
    await facts.add(Draft(person_id=person.id, text=words, made_at=MONDAY))


async def _read(settings: Settings) -> list[str]:
    database = open_database(settings)
    try:
        return [draft.text for draft in await Facts(database).all(Draft)]
    finally:
        await database.close()


async def test_made_while_running_and_put_back(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copies/monday.db"
    made = await asyncio.to_thread(backup, settings, copy)
    assert (made.to, made.key) == (copy, None)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copy.parent.iterdir()] == ["monday.db"]
    assert b"a word" not in copy.read_bytes()
    await _writes(running, "another word")
    with pytest.raises(SettingProblem, match="open in another process: stop it"):
        await restore(settings, copy, now=MONDAY, force=True)
    await running.close()
    with pytest.raises(SettingProblem, match="--force"):
        await restore(settings, copy, now=MONDAY)
    done = await restore(settings, copy, now=MONDAY, force=True)
    assert await _read(settings) == ["a word"]
    assert done.revision == migrations.head()
    path = tmp_path / "there/lantern.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert done.kept == (path.with_name(path.name + BEFORE),)
    set_aside = settings_with(f"sqlite:///{done.kept[0]}", key_path(path).read_text().strip())
    assert await _read(set_aside) == ["a word", "another word"]
    assert not list(path.parent.glob(".*"))


async def test_a_writer_in_the_middle_is_in_it_or_not(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    async with running.work() as work:
        person = (await Facts(running).all(Person))[0]
        await work.add(Draft(person_id=person.id, text="half a word", made_at=MONDAY))
        await asyncio.to_thread(backup, settings, tmp_path / "copy.db")
        await work.commit()
    await running.close()
    await restore(settings, tmp_path / "copy.db", now=MONDAY, force=True)
    assert await _read(settings) == ["a word"]


async def test_a_new_machine_needs_the_key(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    made = await asyncio.to_thread(lambda: backup(settings, copy, with_key=True))
    assert made.key == tmp_path / "copy.key"
    assert made.key.stat().st_mode & 0o777 == 0o600
    await running.close()
    elsewhere = settings_with(f"sqlite:///{tmp_path / 'elsewhere/lantern.db'}")
    with pytest.raises(SettingProblem, match="--with-key"):
        await restore(elsewhere, copy, now=MONDAY)
    assert not list((tmp_path / "elsewhere").glob("*.db"))
    await restore(elsewhere, copy, now=MONDAY, with_key=True)
    assert await _read(elsewhere) == ["a word"]
    key = key_path(tmp_path / "elsewhere/lantern.db")
    assert key.stat().st_mode & 0o777 == 0o600


async def test_another_key_is_set_aside(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(lambda: backup(settings, copy, with_key=True))
    await running.close()
    elsewhere = settings_with(f"sqlite:///{tmp_path / 'elsewhere/lantern.db'}")
    (other := open_database(elsewhere))
    await migrations.upgrade(other)
    await other.close()
    with pytest.raises(SettingProblem, match="do not open"):
        await restore(elsewhere, copy, now=MONDAY, force=True)
    done = await restore(elsewhere, copy, now=MONDAY, force=True, with_key=True)
    assert [path.name for path in done.kept] == ["lantern.db.before", "lantern.key.before"]
    assert await _read(elsewhere) == ["a word"]


async def test_what_was_set_aside_is_not_lost_with_a_second_try(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(backup, settings, copy)
    await _writes(running, "another word")
    await running.close()
    done = await restore(settings, copy, now=MONDAY, force=True)
    kept = done.kept[0].read_bytes()
    with pytest.raises(SettingProblem, match=r"lantern.db.before is there.*move it away"):
        await restore(settings, copy, now=MONDAY, force=True)
    assert done.kept[0].read_bytes() == kept
    done.kept[0].rename(tmp_path / "the real thing.db")
    assert (await restore(settings, copy, now=MONDAY, force=True)).kept == done.kept


async def test_nothing_is_overwritten_unasked(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("something else")
    with pytest.raises(SettingProblem, match="--force"):
        await asyncio.to_thread(backup, settings, copy)
    assert copy.read_text() == "something else"
    await asyncio.to_thread(lambda: backup(settings, copy, force=True))
    assert copy.read_bytes().startswith(b"SQLite format 3")
    for own in (tmp_path / "there/lantern.db",):
        with pytest.raises(SettingProblem, match="name another file"):
            await asyncio.to_thread(lambda: backup(settings, own, force=True))  # noqa: B023


async def test_a_copy_that_is_none_changes_nothing(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(backup, settings, copy)
    await running.close()
    damaged, newer, other = tmp_path / "damaged.db", tmp_path / "newer.db", tmp_path / "other.db"
    raw = bytearray(copy.read_bytes())
    raw[8192:40960] = b"\x5a" * (40960 - 8192)
    damaged.write_bytes(raw)
    shutil.copyfile(copy, newer)
    with closing(sqlite3.connect(newer)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    other.write_text("no database")
    for file, said in (
        (damaged, "damaged"),
        (newer, "newer version"),
        (other, "no backup"),
        (tmp_path / "nowhere.db", "is no file"),
        (tmp_path / "there/lantern.db", "the database itself"),
    ):
        with pytest.raises(SettingProblem, match=said):
            await restore(settings, file, now=MONDAY, force=True)
    assert await _read(settings) == ["a word"]


async def test_ids_are_not_given_twice(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(backup, settings, copy)
    await _writes(running, "lost")
    (lost,) = [draft.id for draft in await Facts(running).all(Draft) if draft.text == "lost"]
    await running.close()
    await restore(settings, copy, now=MONDAY, force=True)
    database = open_database(settings)
    await _writes(database, "new")
    (new,) = [draft.id for draft in await Facts(database).all(Draft) if draft.text == "new"]
    await database.close()
    assert new > lost + 1000


def test_postgresql_has_no_file_and_says_what_to_do(tmp_path: Path) -> None:
    settings = settings_with("postgresql://lantern@127.0.0.1/none", "A" * 43 + "=")
    with pytest.raises(SettingProblem, match="pg_dump"):
        backup(settings, tmp_path / "copy.db")


async def test_the_key_does_not_go_where_the_copy_is(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    with pytest.raises(SettingProblem, match=r"copy\.db"):
        await asyncio.to_thread(
            lambda: backup(settings, tmp_path / "copy.key", with_key=True, force=True)
        )
    assert not (tmp_path / "copy.key").exists()


def test_keys_in_the_settings_stay_there(tmp_path: Path) -> None:
    settings = settings_with(f"sqlite:///{tmp_path / 'lantern.db'}", "A" * 43 + "=")
    (tmp_path / "lantern.db").touch()
    with pytest.raises(SettingProblem, match="LANTERN_SECRET_KEYS"):
        backup(settings, tmp_path / "copy.db", with_key=True)


async def test_a_folder_that_may_not_be_written_to(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(backup, settings, copy)
    await running.close()
    lock = tmp_path / "there/lantern.db.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # root may write anywhere, but not this
    with pytest.raises(SettingProblem, match=r"lantern\.db\.lock cannot be written"):
        await restore(settings, copy, now=MONDAY, force=True)


@pytest.mark.parametrize("name", ["lantern.db", "lantern.key", "lantern.db-wal", "lantern.db.lock"])
async def test_what_lantern_works_with_is_never_overwritten(
    settings: Settings, running: Database, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "there" / name
    before = file.read_bytes()
    with pytest.raises(SettingProblem, match="is what Lantern works with"):
        await asyncio.to_thread(backup, settings, file, force=True)
    assert file.read_bytes() == before


async def test_a_folder_is_no_place_for_it(
    settings: Settings, running: Database, tmp_path: Path
) -> None:
    with pytest.raises(SettingProblem, match="is a folder: name a file in it"):
        await asyncio.to_thread(backup, settings, tmp_path, force=True)
