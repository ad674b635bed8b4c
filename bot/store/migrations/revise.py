"""A new revision from what the models say now: `python -m bot.store.migrations.revise "words"`.

What Alembic writes is a beginning: read it, and move data by hand where a default is not enough.
CHECK constraints, which carry our enums, it does not see; `drift` does.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.migrations import HEAD, config, upgrade

VERSIONS = Path(__file__).parent / "versions"


async def revise(words: str, folder: Path) -> str:
    """Write the revision after HEAD into `folder`, where they all are; its number."""
    number = f"{int(HEAD) + 1:04}"

    def write(connection: Connection) -> None:
        settings = config()
        settings.set_main_option("path_separator", "os")
        settings.set_main_option("version_locations", os.pathsep.join({str(VERSIONS), str(folder)}))
        settings.attributes["connection"] = connection
        command.revision(
            settings, message=words, autogenerate=True, rev_id=number, version_path=str(folder)
        )

    with tempfile.TemporaryDirectory() as scratch:
        database = Database.open(f"sqlite:///{Path(scratch) / 'now.db'}", Keyring([new_key()]))
        try:
            await upgrade(database)
            async with database.engine.begin() as connection:
                await connection.run_sync(write)
        finally:
            await database.close()
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a new revision of the schema.")
    parser.add_argument("words", help="what changes, in a few words")
    number = asyncio.run(revise(parser.parse_args().words, VERSIONS))
    sys.stdout.write(f"Read {number} in {VERSIONS}, and set HEAD to it.\n")


if __name__ == "__main__":
    main()
