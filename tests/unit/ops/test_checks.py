"""What the doctor sees of a database that is ill, and what it says to do."""

import os
import shutil
import zoneinfo
from collections import namedtuple
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlmodel import col

from bot.config import SettingProblem, Settings
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.ops.checks import Wrong, store, words, work
from bot.ops.storage import bring_up_to_date
from bot.store import migrations
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.tables import Draft, Job
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.installation import settings_with

OLD, NEW = new_key(), new_key()
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return settings_with(database_url, OLD)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """A database whose texts are sealed with the old key."""
    opened = Database.open(database_url, Keyring([OLD]))
    yield opened
    await opened.close()


@pytest.fixture
def facts(db: Database) -> Facts:
    return Facts(db)


async def _job(facts: Facts, **values: Any) -> None:
    ada = await facts.person()
    job = await facts.job(JobKind.AGENDA_ASK, recipient=ada)
    async with facts.db.work() as unit:
        await unit.session.execute(update(Job).where(col(Job.id) == job.id).values(**values))
        await unit.commit()


async def test_all_is_well(settings: Settings, db: Database, clock: HandClock) -> None:
    now, wall = clock.now(), clock.wall()
    said = await store.schema(db)
    assert "reachable and writable" in said
    assert str(db.engine.url.database) in said
    assert str(db.engine.url.password or "no password") not in said
    assert "as this version made them" in await store.drift(db)
    assert await store.room(settings, db)
    assert await store.keys(settings, db) == "nothing is encrypted yet."
    assert (await work.waiting(db, now, wall)).startswith("0 jobs are due, 0 in work at 0")
    assert "nothing fails" in await work.tried(db)
    assert "nothing was given up" in await work.given_up(db, now)
    assert "all 0" in await work.known_zones(db)
    assert "are known" in await words.zones()


async def test_tables_changed_by_hand(db: Database) -> None:
    async with db.work() as unit:
        await unit.session.execute(text("DROP INDEX ix_job_said"))
        await unit.commit()
    with pytest.raises(Wrong, match=r"1 places, such as add_index ix_job_said"):
        await store.drift(db)


async def test_what_was_given_up_is_counted_by_reason(
    db: Database, facts: Facts, clock: HandClock
) -> None:
    dead = {"state": JobState.DEAD, "due_at": clock.now() - timedelta(days=1)}
    await _job(facts, **dead, reason="channel_not_found ABC234", reference="ABC234")
    await _job(facts, **dead, reason="channel_not_found XYZ567", reference="XYZ567")
    await _job(facts, **dead | {"due_at": clock.now() - timedelta(days=30)}, reason="old AAA")
    with pytest.raises(Wrong, match=r"2 agenda_ask \(channel_not_found, (ABC234|XYZ567)\)") as told:
        await work.given_up(db, clock.now())
    assert "old" not in str(told.value)


async def test_what_fails_again_and_again(db: Database, facts: Facts) -> None:
    await _job(facts, attempts=2, reason="timeout")
    assert "nothing fails" in await work.tried(db)
    await _job(facts, attempts=5, reason="timeout")
    with pytest.raises(Wrong, match=r"1 agenda_ask \(timeout, no reference\)"):
        await work.tried(db)


async def test_what_waits_for_a_token_is_told_though_it_counts_no_tries(
    db: Database, facts: Facts
) -> None:
    await _job(facts, reason="token_revoked")
    with pytest.raises(Wrong, match=r"1 agenda_ask \(token_revoked, no reference\)"):
        await work.tried(db)


async def test_nobody_does_what_is_due(db: Database, facts: Facts, clock: HandClock) -> None:
    now, wall = clock.now(), clock.wall()
    await _job(facts, due_at=now - timedelta(minutes=5))
    lease = {"leased_by": "one", "leased_until": wall + timedelta(minutes=1)}
    await _job(facts, due_at=now - timedelta(hours=5), **lease)
    assert (await work.waiting(db, now, wall)).startswith("1 jobs are due, 1 in work at 1")
    later = now + timedelta(minutes=6)
    said = await work.waiting(db, later, wall)  # a large round waits for its turn, and is at work
    assert said.startswith(f"1 jobs are due, the oldest since {MONDAY:%Y-%m-%d} 09:55 UTC, 1 in")
    with pytest.raises(Wrong, match="is Lantern running"):
        await work.waiting(db, later, wall + timedelta(minutes=6))


async def test_a_zone_that_is_not_known_here(
    db: Database, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await facts.person(zone="Europe/London")
    known = zoneinfo.available_timezones() - {"Europe/London"}
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: known)
    with pytest.raises(Wrong, match="Europe/London not known here: update"):
        await work.known_zones(db)
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: {"UTC"})
    with pytest.raises(Wrong, match="tzdata"):
        await words.zones()


async def test_keys_that_are_older_and_keys_that_are_lost(
    database_url: str, db: Database, facts: Facts
) -> None:
    ada = await facts.person()
    await facts.add(Draft(person_id=ada.id, text="a word", made_at=MONDAY))
    assert await store.keys(settings_with(database_url, OLD), db) == "they open what is stored."
    said = await store.keys(settings_with(database_url, NEW, OLD), db)
    assert "1 of 1 texts looked at need an older key: python -m bot rotate" in said
    with pytest.raises(Wrong, match=r"draft.text: put the key"):
        await store.keys(settings_with(database_url, NEW), db)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_without_room_or_open_to_others(
    settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settings.database_url.get_secret_value().removeprefix("sqlite:///")
    os.chmod(path, 0o644)  # noqa: PTH101
    with pytest.raises(Wrong, match="chmod 600"):
        await store.room(settings, db)
    os.chmod(path, 0o600)  # noqa: PTH101
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: Usage(9, 8, 1024 * 1024))
        with pytest.raises(Wrong, match="1 MB are free"):
            await store.room(settings, db)
    monkeypatch.setattr(store, "WAL_MOST", -1)
    with pytest.raises(Wrong, match="keeps the database open"):
        await store.room(settings, db)


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_too_many_connections(
    settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = store._CONNECTIONS.replace("current_setting('max_connections')::int", "1")
    monkeypatch.setattr(store, "_CONNECTIONS", asked)
    with pytest.raises(Wrong, match="raise max_connections"):
        await store.room(settings, db)
    monkeypatch.setattr(store, "_CONNECTIONS", "SELECT 1, 100, 'SQL_ASCII'")
    with pytest.raises(Wrong, match="UTF8"):
        await store.room(settings, db)


async def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    """SQLite begins to write to it, and says no only to the writing."""
    db = Database.open(f"sqlite:///{tmp_path / 'lantern.db'}", Keyring([OLD]))
    await migrations.upgrade(db)
    await migrations.try_writing(db)
    await db.engine.dispose()
    event.listen(db.engine.sync_engine, "connect", _only_to_be_read)
    async with db.work():
        pass
    with pytest.raises(Wrong, match="SQLITE_READONLY"):
        await store.schema(db)
    with pytest.raises(SettingProblem, match="readonly"):
        await bring_up_to_date(db)
    await db.close()


def _only_to_be_read(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


async def test_where_there_is_none_yet(tmp_path: Path) -> None:
    assert f"none at {tmp_path / 'a/b.db'}" in await store.none_yet(tmp_path / "a/b.db")
    assert not (tmp_path / "a").exists()
