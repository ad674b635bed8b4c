"""Putting a backup back: checked, brought to today's schema, and told that time went by since."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import SettingProblem, Settings
from bot.ops.backup import check, copy_database, database_file, private
from bot.ops.storage import bring_up_to_date, key_path, open_database, told
from bot.store import migrations
from bot.store.crypto import KeyProblem, Keyring
from bot.store.engine import Database, InUse, held
from bot.store.restored import mark_restored
from bot.store.sealed import samples

BEFORE = ".before"
"""What was there until now gets this at the end of its name, and stays."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What is there now: its revision, how many jobs are looked for in Slack, what was kept."""

    revision: str
    looked_for: int
    kept: tuple[Path, ...] = ()


async def restore(
    settings: Settings,
    source: Path,
    *,
    now: datetime,
    with_key: bool = False,
    force: bool = False,
) -> Restored:
    """Put the copy at `source` in the place of the SQLite database of the settings.

    Nothing is changed before the copy is known to be good. With `with_key` the key beside it comes
    too. Raises SettingProblem with one sentence for what stands in the way.
    """
    target = database_file(settings)
    _check_source(source, target)
    if target.exists() and target.stat().st_size and not force:
        raise SettingProblem(
            f"{target} exists: add --force to set it aside as {target.name}.before."
        )
    _keep_what_was_kept(source, target, with_key)
    keys = _keys(settings, source, target, with_key)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with held(target):
            made = target.with_name(f".{target.name}.restored")
            try:
                copy_database(source, made)
                revision, looked_for = await _prepare(made, keys, now)
                kept = _swap(made, target)
                kept += _put_key(source, target) if with_key else ()
            finally:
                for left in _all_of(made):
                    left.unlink(missing_ok=True)
    except InUse as error:
        raise SettingProblem(f"{error}: stop it first.") from None
    except OSError as error:
        raise SettingProblem(
            f"{error.filename or target} cannot be written ({error.strerror}): look at the rights "
            "on the folder."
        ) from None
    return Restored(revision, looked_for, kept)


async def mark(settings: Settings, now: datetime) -> Restored:
    """The last step alone, for a database that other tools put back (PostgreSQL)."""
    database = open_database(settings)
    try:
        await bring_up_to_date(database)
        with told():
            return Restored(migrations.head(), await mark_restored(database, now=now))
    finally:
        await database.close()


def _check_source(source: Path, target: Path) -> None:
    if not source.is_file():
        raise SettingProblem(f"{source} is no file.")
    if target.exists() and source.samefile(target):
        raise SettingProblem(f"{source} is the database itself: name a backup.")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            check(opened, source)
    except sqlite3.Error:
        raise SettingProblem(f"{source} is no backup of Lantern, or it is damaged.") from None
    if row is None or row[0] not in migrations.known():
        raise SettingProblem(f"{source} is of a newer version: update Lantern first.")


def _keep_what_was_kept(source: Path, target: Path, with_key: bool) -> None:
    """What an earlier restore set aside may be all that is left of the real thing."""
    going = [target] if target.exists() else []
    if with_key and _replaces_key(source, target):
        going.append(key_path(target))
    for path in going:
        before = path.with_name(path.name + BEFORE)
        if before.exists():
            raise SettingProblem(
                f"{before} is there from an earlier restore: move it away, or delete it, first."
            )


def _replaces_key(source: Path, target: Path) -> bool:
    old, new = key_path(target), key_path(source)
    return old.exists() and new.exists() and old.read_bytes() != new.read_bytes()


def _keys(settings: Settings, source: Path, target: Path, with_key: bool) -> Keyring | None:
    """The keys that will be there afterwards; None when there are none."""
    if with_key and settings.keys:
        raise SettingProblem(
            "The keys are in LANTERN_SECRET_KEYS, which goes before a file: leave --with-key out."
        )
    if settings.keys:
        return Keyring(settings.keys)
    path = key_path(source) if with_key else key_path(target)
    if not path.exists():
        if with_key:
            raise SettingProblem(f"{path} does not exist: there is no key beside the backup.")
        return None
    try:
        return Keyring(path.read_text().split())
    except (OSError, KeyProblem):
        raise SettingProblem(f"{path} is no key.") from None


async def _prepare(made: Path, keys: Keyring | None, now: datetime) -> tuple[str, int]:
    """Today's schema, the keys tried, and what was due since marked."""
    # Without keys nothing is sealed here; whether something is shows below.
    ring = keys or Keyring([_NOBODY_S])
    database = Database.open(f"sqlite:///{made}", ring, alone=False)
    try:
        await bring_up_to_date(database)
        if any(sample.closed for sample in await samples(database, ring)):
            raise SettingProblem(
                "The keys do not open what is in the backup: add --with-key if its key is beside "
                "it, or put the one it was made with back (LANTERN_SECRET_KEYS, or the .key file)."
            )
        with told():
            return migrations.head(), await mark_restored(database, now=now)
    finally:
        await database.close()


_NOBODY_S = "A" * 43 + "="


def _swap(made: Path, target: Path) -> tuple[Path, ...]:
    """Set aside what is there, with all that belongs to it, and put the new file in its place."""
    with closing(sqlite3.connect(made)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    before = target.with_name(target.name + BEFORE)
    kept = []
    for old, aside in zip(_all_of(target), _all_of(before), strict=True):
        aside.unlink(missing_ok=True)
        if old.exists():
            kept.append(old.replace(aside))
    made.replace(target)
    return tuple(kept[:1])


def _put_key(source: Path, target: Path) -> tuple[Path, ...]:
    path, kept = key_path(target), []
    if _replaces_key(source, target):
        kept.append(path.replace(path.with_name(path.name + BEFORE)))
    private(path)
    shutil.copyfile(key_path(source), path)
    return tuple(kept)


def _all_of(path: Path) -> tuple[Path, ...]:
    """A SQLite file and those that belong to it."""
    return (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")))
