"""Do the models and the migrations say the same? `python -m bot.store.migrations.drift`.

Alembic compares tables, columns, indexes and keys. CHECK constraints, which carry our enums, it
does not see, so they are compared here by what each database reports of itself.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.migrations import upgrade
from bot.store.schema import schema


async def differences(migrated: Database, created: Database) -> list[str]:
    """What differs between an empty database after `upgrade` and one made from the models.

    Both must be empty databases of the same kind; they are filled here.
    """
    await upgrade(migrated)
    async with created.engine.begin() as connection:
        await connection.run_sync(schema().create_all)
        wanted = await connection.run_sync(checks)
    async with migrated.engine.connect() as connection:
        found = await connection.run_sync(checks)
        diffs: list[Any] = await connection.run_sync(compare)
    return [str(diff) for diff in diffs] + [
        f"{table}: CHECK constraints differ: {wanted.get(table)} / {found.get(table)}"
        for table in sorted(wanted.keys() | found.keys())
        if wanted.get(table) != found.get(table)
    ]


def compare(connection: Connection) -> list[Any]:
    """What Alembic would change to make the models of this database."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, schema()))


def checks(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """The CHECK constraints of each table but Alembic's own, by name and text."""
    inspector = inspect(connection)
    return {
        table: sorted(
            (str(check["name"]), " ".join(check["sqltext"].split()))
            for check in inspector.get_check_constraints(table)
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


async def main() -> int:
    keyring = Keyring([new_key()])
    with tempfile.TemporaryDirectory() as folder:
        databases = [
            Database.open(f"sqlite:///{Path(folder) / name}.db", keyring)
            for name in ("migrated", "created")
        ]
        try:
            found = await differences(*databases)
        finally:
            for database in databases:
                await database.close()
    for line in found:
        sys.stderr.write(f"drift: {line}\n")
    if not found:
        sys.stdout.write("models and migrations say the same\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
