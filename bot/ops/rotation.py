"""Sealing everything anew with the first key, so that an old one may go."""

from collections.abc import AsyncIterator
from datetime import datetime

from bot.config import Settings
from bot.ops.storage import keyring, need_this_version, open_database, told
from bot.services.own_data.forgetting_workspace import plan_where_nobody_did
from bot.store.sealed import Resealed, reseal


async def rotate(settings: Settings, *, lost_at: datetime | None = None) -> AsyncIterator[Resealed]:
    """What became of each column, as it is done. It may run beside Lantern, and be begun again.

    With `lost_at` (now), what no key opens is deleted. Raises SettingProblem for a database of
    another version, or one that cannot be used.
    """
    database = open_database(settings, alone=False)
    try:
        await need_this_version(database)
        with told():
            async for column in reseal(database, keyring(settings, make=False), lost_at=lost_at):
                yield column
            if lost_at is not None:
                async with database.work() as work:
                    await plan_where_nobody_did(work, now=lost_at)
                    await work.commit()
    finally:
        await database.close()
