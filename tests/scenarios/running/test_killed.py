"""`python -m bot run`, killed in the middle of a delivery, and started again: once, and complete.

A real process with settings from its environment, on SQLite. Only answers are looked at here: the
process lives in real time, and news waits for working hours. These take some seconds: two starts.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.clock import RealClock
from bot.rehearsal import manifest
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.store.crypto import new_key
from tests.support.company import STAFF

ROOT = Path(__file__).resolve().parents[3]

STARTS_WITHIN = 30.0  # real seconds, on a busy machine
ASKED = {"What is it about?": "Killed", "What do you hope to leave with?": "A second life"}


class Process:
    """Lantern as an operator starts it. `kill` is a kill -9."""

    def __init__(self, server: Server, folder: Path) -> None:
        workspace = server.workspace
        self._server = server
        self._folder = folder
        self.database = folder / "killed.db"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
            "SLACK_API_URL": server.api_url,
            "LANTERN_DATABASE_URL": f"sqlite:///{self.database}",
            "LANTERN_SECRET_KEYS": new_key(),
            "LANTERN_LOG_FORMAT": "json",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait for its socket."""
        with (self._folder / "log.txt").open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        await self._server.wait_connected(STARTS_WITHIN)

    async def kill(self) -> None:
        """End it at once, wherever it is."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None
            await self._server.drop_sockets(abruptly=True)

    async def stop(self) -> int:
        """End it as an operator does; its exit code."""
        assert self._process is not None
        self._process.terminate()
        code = await self._process.wait()
        self._process = None
        return code

    def leases_run_out(self) -> None:
        """Two minutes go by: what the dead one held is free again."""
        with sqlite3.connect(self.database) as connection:
            connection.execute("UPDATE job SET leased_until = made_at WHERE state = 'pending'")
        connection.close()


@asynccontextmanager
async def killable(folder: Path) -> AsyncIterator[tuple[Workspace, Process]]:
    """A served workspace and a process to kill."""
    workspace = Workspace(manifest(), STAFF, RealClock())
    async with serve(workspace) as server:
        process = Process(server, folder)
        try:
            await process.start()
            yield workspace, process
        finally:
            await process.kill()


@pytest.mark.parametrize("moment", ["Slack has it, we never heard", "Slack never had it"])
async def test_a_killed_process_loses_nothing_and_says_nothing_twice(
    tmp_path: Path, moment: str
) -> None:
    async with killable(tmp_path) as (workspace, process):
        ada = Person(workspace, "ada", patience=20)
        await ada.types("/mentoring flash")
        if moment == "Slack never had it":
            workspace.faults.add("chat.postMessage", "500", times=1000)
        else:
            workspace.faults.add("chat.postMessage", "timeout_after_effect", hold=60)
        await ada.fills(ASKED, submit=True)
        assert ada.modal is None
        if moment != "Slack never had it":
            await ada.reads("Killed", where="dm")
        await process.kill()
        workspace.faults.clear()
        process.leases_run_out()
        await process.start()
        await ada.reads("Killed", where="dm")
        # The message is known as ours again: it changes where it stands.
        await ada.clicks("Take it back")
        await ada.reads("You took back your request for a flash session.", timeout=20)
        assert len([seen for seen in ada.screen("dm") if seen.author == "Lantern"]) == 1
        adopted = "job_adopted" in (tmp_path / "log.txt").read_text()
        assert adopted == (moment != "Slack never had it")


async def test_a_modal_survives_the_death_of_the_process(tmp_path: Path) -> None:
    async with killable(tmp_path) as (workspace, process):
        ada = Person(workspace, "ada", patience=20)
        await ada.types("/mentoring flash")
        await ada.fills(ASKED)
        await process.kill()
        workspace.ack_limit = 0.3
        await ada.submits()
        assert ada.modal is not None
        assert "trouble connecting" in ada.modal.trouble
        assert ada.modal.values["What is it about?"] == "Killed"
        workspace.ack_limit = 3.0
        await process.start()
        await ada.submits()
        await ada.reads("Killed", where="dm")
        assert ada.modal is None
