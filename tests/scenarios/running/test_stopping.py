"""SIGTERM in the middle of a delivery: nothing is claimed any more, what is under way is finished
and written down, and only then it ends. Whoever comes next finds no lease to wait for."""

import asyncio
import json
import sqlite3
from pathlib import Path

from bot.app import DRAIN_WITHIN
from bot.sandbox.screen.person import Person
from tests.scenarios.running.test_killed import killable

HELD = 1.5  # real seconds that Slack keeps each answer to itself
ASKERS = ("ada", "bruno", "chen", "dara")


async def test_nothing_is_abandoned(tmp_path: Path) -> None:
    async with killable(tmp_path) as (workspace, process):
        people = [Person(workspace, handle, patience=20) for handle in ASKERS]
        workspace.faults.add(
            "chat.postMessage", "timeout_after_effect", times=len(people), hold=HELD
        )
        await asyncio.gather(*(person.says("Hello there") for person in people))
        await people[0].reads("Nothing is waiting for an answer")
        async with asyncio.timeout(DRAIN_WITHIN * 2):
            assert await process.stop() == 0
        with sqlite3.connect(process.database) as connection:
            left = connection.execute("SELECT id FROM job WHERE leased_by IS NOT NULL").fetchall()
        connection.close()
        assert left == []
        log = [json.loads(line) for line in (tmp_path / "log.txt").read_text().splitlines()]
        assert not [entry for entry in log if entry["level"] in ("error", "critical")]

        process.leases_run_out()
        await process.start()
        for person in people:
            await person.reads("Nothing is waiting for an answer")
            said = [seen for seen in person.screen("dm") if seen.author == "Lantern"]
            assert len(said) == 1
