"""A fortnight without trouble, before anything is forked: what every process would otherwise do
anew. A process lives for some seconds here, and would spend most of them on compiling statements
and templates that the one before it has compiled too.

Nothing of it is left but that: its workspace and its database are thrown away.
"""

import asyncio
import gc
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.app import build
from bot.ops import logs
from bot.rehearsal import manifest
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from tests.chaos.crowd import Crowd
from tests.chaos.founding import found_programme
from tests.chaos.shared_clock import SharedClock
from tests.chaos.staff import channels, staff
from tests.support import compiled
from tests.support.company import settings_for

PLACE = "LANTERN_CHAOS_REHEARSAL"
"""The variable with the database to rehearse on, a space, and the keys; without it, nobody does."""
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PEOPLE, DAYS, LOOKS = 6, 7, 1
"""So many people who look into Slack so often a day."""


def rehearse(database_url: str, keys: str) -> None:
    """Let it happen in this process, on an empty PostgreSQL database with the keys of the run."""
    compiled.share()
    with tempfile.TemporaryDirectory(prefix="chaos-rehearsal-") as folder:
        path = Path(folder)
        with (path / "log").open("w") as log:
            logs.configure(style="json", level="error", stream=log)
            asyncio.run(_fortnight(database_url, keys, path))
    gc.collect()
    gc.freeze()  # or each collection of each process would copy all of it


async def _fortnight(database_url: str, keys: str, folder: Path) -> None:
    chance = Random(1)
    clock = SharedClock.make(folder / "clock", START)
    people = staff(PEOPLE, chance)
    workspace = Workspace(manifest(), people, clock, channels=channels(people))
    crowd = Crowd(workspace, chance)
    async with serve(workspace) as server:
        app = build(settings_for(server, database_url, keys), clock=clock, paced=False)
        await app.start()
        try:
            await server.wait_connected()
            await found_programme(workspace, 0, "Every week")
            for _ in range(DAYS * LOOKS):
                clock.move_to(clock.now() + timedelta(days=1) / LOOKS)
                await app.clockwork.wake()
                await asyncio.gather(*(crowd.visit(handle) for handle in crowd.handles))
                await workspace.delivery.idle()
                await app.idle()
        finally:
            await app.stop()
