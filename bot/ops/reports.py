"""A programme's report for whoever runs Lantern, from the command line."""

from random import SystemRandom

from bot.clock import RealClock
from bot.config import SettingProblem, Settings
from bot.ops.storage import open_database
from bot.services.context import Context
from bot.services.library import Library
from bot.services.lists.report_sheet import report_sheet
from bot.services.lists.reporting import cells
from bot.slack.sheet_words import report_words
from bot.store import migrations


async def sheet_of(settings: Settings, programme_id: int, days: int) -> bytes | None:
    """The same CSV as leads are sent; None when there is no such programme.

    Only reads, so it may run beside a Lantern on the same SQLite file. Raises SettingProblem for a
    database of another version.
    """
    database = open_database(settings, alone=False)
    try:
        if await migrations.revision(database) != migrations.head():
            raise SettingProblem(
                "The database is not of this version: python -m bot migrate brings it there."
            )
        ctx = Context(database, RealClock(), Library.load(), SystemRandom())
        return report_sheet(
            await cells(ctx, programme_id=programme_id, days=days), report_words(str)
        )
    except KeyError:
        return None
    finally:
        await database.close()
