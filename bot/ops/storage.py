"""Opening the database of an installation, with the keys that belong to it; files are 0600."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import DatabaseError, InternalError, OperationalError

from bot.config import SettingProblem, Settings
from bot.store import migrations
from bot.store.crypto import KeyProblem, Keyring, key_file, new_key
from bot.store.engine import Database, InUse
from bot.store.refusals import is_full
from bot.store.sealed import any_opens, sealed_columns


def open_database(settings: Settings, *, alone: bool = True) -> Database:
    """The database of the settings, with its keys. Raises SettingProblem when it is in use.

    Not `alone`, it is looked into beside whoever has it: nothing is made that is not there.
    """
    url = settings.database_url.get_secret_value()
    path = settings.sqlite_path
    if path is not None and not alone and not is_there(path):
        raise SettingProblem(
            f"{path.absolute()} does not exist: is this the folder that Lantern is started in?"
        )
    keys = keyring(settings, make=alone)
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # SQLite gives the files beside it the same rights
        return Database.open(url, keys, alone=alone)
    except InUse as error:
        raise SettingProblem(
            f"{error}: stop the other one, or use PostgreSQL, which serves any number."
        ) from None
    except OSError as error:
        raise SettingProblem(
            f"{error.filename or path} cannot be written ({error.strerror}): look at the rights on "
            "the folder, or at LANTERN_DATABASE_URL."
        ) from None


async def bring_up_to_date(database: Database) -> None:
    """Every table as this version has it. Raises SettingProblem for a database that cannot be
    reached or written to, that a newer version has had, or that is none."""
    with told():
        await migrations.upgrade(database)
        await migrations.try_writing(database)


async def need_this_version(database: Database) -> None:
    """Raises SettingProblem for a database of another version."""
    with told():
        present = await migrations.revision(database)
        if present is not None and present not in migrations.known():
            raise migrations.Newer(present)
    if present != migrations.head():
        raise SettingProblem(
            "The database is not of this version: python -m bot migrate brings it there."
        )


async def need_its_keys(database: Database) -> None:
    """Raises SettingProblem when the keys open none of what is stored: they are others."""
    with told():
        opens = await any_opens(database)
    if not opens:
        raise SettingProblem(
            "None of the keys opens what is stored: put the one it was written with into "
            "LANTERN_SECRET_KEYS, or into the .key file. If that is lost for good: "
            "python -m bot rotate --lost."
        )


@contextmanager
def told() -> Iterator[None]:
    """Raises SettingProblem in place of whatever says that the database cannot be used."""
    try:
        yield
    except migrations.Newer as newer:
        raise SettingProblem(
            f"The database is at revision {newer}, of a newer version: update Lantern."
        ) from None
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError, InternalError):
            raise  # a fault of ours
        if is_full(error):
            raise SettingProblem(
                "There is no room left to write to the database: make room, and begin again."
            ) from None
        why = str(error.orig).strip().partition("\n")[0]
        raise SettingProblem(
            f"The database cannot be used ({why}): look at LANTERN_DATABASE_URL, at the rights on "
            "a file, and whether what it names is a database of Lantern's that is running."
        ) from None


def keyring(settings: Settings, *, make: bool = True) -> Keyring:
    """The keys of the settings; without any, the one beside the SQLite file.

    Where nothing is sealed yet it is made: there with `make`, otherwise for this once. Raises
    SettingProblem for one that is missing or is none.
    """
    if settings.keys:
        return Keyring(settings.keys)
    path = settings.sqlite_path
    assert path is not None, "PostgreSQL without keys is refused by the settings"
    file = key_path(path)
    if not is_there(file):
        if _is_sealed(path):
            raise SettingProblem(
                f"{file} is missing, and {path.name} was sealed with it: put it back, or set "
                "LANTERN_SECRET_KEYS. If it is lost for good: docs/operating.md, A new key."
            )
        if not make:
            return Keyring([new_key()])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Keyring(key_file(file).split())
    except OSError as error:
        verb = "read" if file.exists() else "made"
        raise SettingProblem(
            f"{file}, the key, cannot be {verb} ({error.strerror}): look at the rights on the "
            "folder and the room on the disk, or set LANTERN_SECRET_KEYS."
        ) from None
    except (KeyProblem, UnicodeDecodeError):
        raise SettingProblem(
            f"{file} cannot be used as the key, for it holds something else: put the right one "
            "back, or set LANTERN_SECRET_KEYS."
        ) from None


def is_there(path: Path) -> bool:
    """Whether there is such a file. Raises SettingProblem where one may not even look."""
    try:
        return path.exists()
    except OSError as error:
        raise SettingProblem(
            f"{path} cannot be looked at ({error.strerror}): look at the rights on the folder, or "
            "at LANTERN_DATABASE_URL."
        ) from None


def key_path(database: Path) -> Path:
    """Where the key of a SQLite file is kept: beside it."""
    return database.with_suffix(".key")


def _is_sealed(path: Path) -> bool:
    """Whether a SQLite file holds anything that needs a key."""
    if not path.is_file() or not path.stat().st_size:
        return False
    try:
        opened = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise SettingProblem(
            f"{path} cannot be read ({error}): look at the rights on it."
        ) from None
    with closing(opened):
        for each in sealed_columns():
            table, column = each.table.name, each.column.name
            look = f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1'  # noqa: S608 - our names
            with suppress(sqlite3.Error):  # an older schema, or no database of ours
                if opened.execute(look).fetchone():
                    return True
    return False
