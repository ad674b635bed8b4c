"""Sealing everything anew with the first key, so that an old one may go."""

from collections.abc import AsyncIterator

from bot.config import SettingProblem, Settings
from bot.ops.storage import keyring, open_database
from bot.store import migrations
from bot.store.sealed import Resealed, reseal


async def rotate(settings: Settings) -> AsyncIterator[Resealed]:
    """What became of each column, as it is done. It may run beside Lantern, and be begun again.

    Raises SettingProblem for a database of another version.
    """
    keys = keyring(settings)
    database = open_database(settings, alone=False)
    try:
        if await migrations.revision(database) != migrations.head():
            raise SettingProblem(
                "The database is not of this version: python -m bot migrate brings it there."
            )
        async for column in reseal(database, keys):
            yield column
    finally:
        await database.close()
