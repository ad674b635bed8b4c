"""What was given up is tried once more, when an operator has mended the cause."""

from datetime import datetime, timedelta

from bot.config import Settings
from bot.ops.storage import need_this_version, open_database, told
from bot.store.ailing import revive as revive_jobs


async def revive(settings: Settings, *, now: datetime, days: int) -> int:
    """Wake what was given up in the last `days`; how many jobs. It may run beside Lantern.

    Raises SettingProblem for a database of another version, or one that cannot be used.
    """
    database = open_database(settings, alone=False)
    try:
        await need_this_version(database)
        with told():
            return await revive_jobs(database, now=now, within=timedelta(days=days))
    finally:
        await database.close()
