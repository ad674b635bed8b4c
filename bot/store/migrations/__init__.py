"""Migrations: the schema's history, brought to today's by any process that starts.

Alembic runs on the database's own connection, under an advisory lock on PostgreSQL, so that
processes starting together do not race; SQLite's file belongs to one process. Nearly every start
finds the newest schema and leaves Alembic, which takes its time and room, unloaded.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest revision that this code knows; a test holds it to the scripts."""


class Newer(Exception):
    """A newer version of Lantern has had this database; the text is its revision."""


_ADVISORY_LOCK = 5_262_001_001  # any number nobody else on this database uses


def config() -> "Config":
    """Alembic's configuration, without a file: the scripts lie in this package."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    return settings


def head() -> str:
    """The newest revision that this code knows."""
    return HEAD


def known() -> frozenset[str]:
    """Every revision that this code can bring to the newest."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(config())
    return frozenset(script.revision for script in scripts.walk_revisions())


async def upgrade(database: Database) -> None:
    """Bring the database to today's schema. Safe to call from several processes at once.

    Raises Newer for one that this code does not know.
    """
    # Begun before Alembic is: it keeps what it is at in globals, and must not wait half-way.
    async with database.engine.begin() as connection:
        if database.dialect == "postgresql":
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK}
            )
        present = await connection.run_sync(_current)
        if present is not None and present != HEAD and present not in known():
            raise Newer(present)
        if present != HEAD:
            await connection.run_sync(run_upgrade)


def run_upgrade(connection: Connection) -> None:
    """The same on a synchronous connection, in its transaction."""
    from alembic import command

    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


async def try_writing(database: Database) -> None:
    """Write something, and take it back. SQLite begins to write to a file that may only be read,
    and says no to the writing."""
    async with database.work() as work:
        await work.session.execute(text("UPDATE alembic_version SET version_num = version_num"))


async def revision(database: Database) -> str | None:
    """The revision that the database is at; None before the first migration."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_current)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
