"""`python -m bot tour`: the story of two sessions in a terminal, and what became of every job.

A local workspace, real Socket Mode, SQLite, and the clock moved. Exits with 1 if anything was lost,
died, or was said twice.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from rich.console import Console

from bot.clock import MovableClock
from bot.ops import logs
from bot.rehearsal import demo_company, new_workspace, rehearse
from bot.tour.story import CAST, tell
from bot.tour.teller import Teller
from bot.tour.verdict import judge

BEGINS = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday morning in Europe

__all__ = ["main", "tour"]


def main() -> int:
    """Tell the story; the exit code."""
    logs.configure(style="console", level="error")
    console = Console(highlight=False, soft_wrap=False)
    try:
        return asyncio.run(tour(console))
    except KeyboardInterrupt:
        return 130


async def tour(console: Console) -> int:
    """Tell the story on `console`; 0 when everything was said once, 1 otherwise."""
    clock = MovableClock(BEGINS)
    workspace = new_workspace(demo_company().only(*CAST), clock)
    with tempfile.TemporaryDirectory(prefix="lantern-tour-") as folder:
        database_url = f"sqlite:///{Path(folder) / 'tour.db'}"
        chance = Random(2026)  # noqa: S311 - the same story every time
        async with rehearse(
            workspace, clock, database_url=database_url, chance=chance
        ) as rehearsal:
            async with Teller(console, rehearsal) as teller:
                await tell(teller)
            return await judge(console, rehearsal)


if __name__ == "__main__":
    sys.exit(main())
