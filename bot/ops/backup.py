"""A copy of the SQLite database, made while Lantern is running; the key is a file of its own.

Without the key nobody reads what people wrote in the copy, and neither do you: keep both, apart.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.config import SettingProblem, Settings
from bot.ops.storage import is_there, key_path

POSTGRESQL = (
    "PostgreSQL has tools of its own: pg_dump makes a backup and pg_restore puts it back; "
    "docs/operating.md says how."
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What was made: the copy, how many bytes it has, and its key if that went along."""

    to: Path
    size: int
    key: Path | None


def backup(settings: Settings, to: Path, *, with_key: bool = False, force: bool = False) -> Copied:
    """Copy the database to `to` (mode 0600), whole and checked, beside whatever is running.

    Raises SettingProblem with one sentence for what stands in the way.
    """
    source = database_file(settings)
    if not is_there(source):
        raise SettingProblem(
            f"{source.absolute()} does not exist: there is nothing to copy. Is this the folder "
            "that Lantern is started in?"
        )
    key = key_path(source) if with_key else None
    _check_key(settings, key)
    key_to = key_path(to) if key else None
    if key_to == to:
        raise SettingProblem(
            f"{to} is what its key would be called: name another file, such as "
            f"{to.with_suffix('.db')}."
        )
    for target in (to, key_to):
        if target is not None:
            _check_target(target, source, force)
    with _aside(to) as made:
        copy_database(source, made)
        made.replace(to)
    if key and key_to:
        with _aside(key_to) as made:
            private(made)
            shutil.copyfile(key, made)
            made.replace(key_to)
    return Copied(to, to.stat().st_size, key_to)


def _check_target(target: Path, source: Path, force: bool) -> None:
    if target.resolve() in (path.resolve() for path in _worked_with(source)):
        raise SettingProblem(f"{target} is what Lantern works with: name another file.")
    if target.is_dir():
        raise SettingProblem(f"{target} is a folder: name a file in it.")
    if target.exists() and not force:
        raise SettingProblem(f"{target} exists: name another file, or add --force.")


def _worked_with(source: Path) -> Iterator[Path]:
    """The database, its key, and what stands beside it while it is open."""
    yield from (source, key_path(source))
    for end in ("-wal", "-shm", "-journal", ".lock"):
        yield source.with_name(source.name + end)


def database_file(settings: Settings) -> Path:
    """The SQLite file of the settings. Raises SettingProblem where there is none."""
    if settings.sqlite_path is None:
        raise SettingProblem(POSTGRESQL)
    return settings.sqlite_path


def _check_key(settings: Settings, key: Path | None) -> None:
    if key is None:
        return
    if settings.keys:
        raise SettingProblem(
            "The keys are in LANTERN_SECRET_KEYS, not in a file: keep that setting, and leave "
            "--with-key out."
        )
    if not key.exists():
        raise SettingProblem(f"{key} does not exist: there is no key to copy.")


def copy_database(source: Path, to: Path) -> None:
    """A consistent copy in one file, checked. Raises SettingProblem when it cannot be made."""
    private(to)
    try:
        with closing(_read_only(source)) as old, closing(sqlite3.connect(to)) as new:
            # All pages in one step: a reader's view, which waits for no writer and begins only
            # once, however much is written meanwhile.
            old.backup(new, pages=-1)
            new.execute("PRAGMA journal_mode=DELETE")
            check(new, source)
    except sqlite3.Error as error:
        raise SettingProblem(
            f"{source} could not be copied ({error}): look at the room on the disk, and ask "
            "python -m bot doctor."
        ) from None
    _to_disk(to)


def check(database: sqlite3.Connection, name: Path) -> None:
    """Raises SettingProblem when SQLite finds the file damaged."""
    found = database.execute("PRAGMA integrity_check").fetchall()
    loose = database.execute("PRAGMA foreign_key_check").fetchall()
    if found != [("ok",)] or loose:
        raise SettingProblem(f"{name} is damaged: use an older backup.")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)


def private(path: Path) -> None:
    """An empty file that nobody else may read, in a folder that exists afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _aside(to: Path) -> Iterator[Path]:
    """A file beside `to` to be put in its place; gone when it was not."""
    made = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        yield made
    except OSError as error:
        file = to if error.filename in (None, str(made)) else error.filename
        raise SettingProblem(f"{file} cannot be read or written ({error.strerror}).") from None
    finally:
        for left in (made, made.with_name(f"{made.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
