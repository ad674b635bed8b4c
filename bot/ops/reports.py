"""A programme's report for whoever runs Lantern, from the command line."""

from random import SystemRandom

from bot.clock import RealClock
from bot.config import Settings
from bot.ops.storage import need_this_version, open_database
from bot.services.context import Context
from bot.services.library import Library
from bot.services.lists.report_sheet import report_sheet
from bot.services.lists.reporting import cells
from bot.slack.sheet_words import report_words


async def sheet_of(settings: Settings, programme_id: int, days: int) -> bytes | None:
    """The same CSV as leads are sent; None when there is no such programme.

    Only reads, so it may run beside a Lantern on the same SQLite file. Raises SettingProblem for a
    database of another version.
    """
    database = open_database(settings, alone=False)
    try:
        await need_this_version(database)
        ctx = Context(database, RealClock(), Library.load(), SystemRandom())
        return report_sheet(
            await cells(ctx, programme_id=programme_id, days=days), report_words(str)
        )
    except KeyError:
        return None
    finally:
        await database.close()
