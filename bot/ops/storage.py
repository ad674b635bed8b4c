"""Opening the database of an installation, with the keys that belong to it; files are 0600."""

from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from bot.config import SettingProblem, Settings
from bot.store import migrations
from bot.store.crypto import KeyProblem, Keyring, key_file
from bot.store.engine import Database, InUse


def open_database(settings: Settings, *, alone: bool = True) -> Database:
    """The database of the settings, with its keys. Raises SettingProblem when it is in use."""
    url = settings.database_url.get_secret_value()
    keys = keyring(settings)
    path = settings.sqlite_path
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
            f"{path} cannot be written ({error.strerror}): look at the rights on the folder, or at "
            "LANTERN_DATABASE_URL."
        ) from None


async def bring_up_to_date(database: Database) -> None:
    """Every table as this version has it. Raises SettingProblem for a database that cannot be
    reached, or is none."""
    try:
        await migrations.upgrade(database)
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise  # a fault of ours
        why = str(error.orig).strip().partition("\n")[0]
        raise SettingProblem(
            f"The database cannot be used ({why}): look at LANTERN_DATABASE_URL, and whether what "
            "it names is a database of Lantern's that is running."
        ) from None


def keyring(settings: Settings) -> Keyring:
    """The keys of the settings; without any, the one beside the SQLite file, made if need be."""
    if settings.keys:
        return Keyring(settings.keys)
    path = settings.sqlite_path
    assert path is not None, "PostgreSQL without keys is refused by the settings"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Keyring(key_file(key_path(path)).split())
    except (OSError, KeyProblem) as error:
        raise SettingProblem(
            f"{key_path(path)} cannot be used as the key ({type(error).__name__}): put the right "
            "one back, or set LANTERN_SECRET_KEYS."
        ) from None


def key_path(database: Path) -> Path:
    """Where the key of a SQLite file is kept: beside it."""
    return database.with_suffix(".key")
