"""`python -m bot run` as an operator starts it: a process of its own, ended by a signal."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.clock import RealClock
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.shipped import MANIFEST
from tests.support.company import STAFF

ROOT = Path(__file__).resolve().parents[3]


@asynccontextmanager
async def lantern(
    server: Server, folder: Path, *args: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process with the settings of this workspace and nothing else in its environment."""
    workspace = server.workspace
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": server.api_url,
        "LANTERN_LOG_FORMAT": "json",
        "LANTERN_LOG_LEVEL": "debug",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *args),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def workspace() -> Workspace:
    return Workspace(yaml.safe_load(MANIFEST.read_text("utf-8")), STAFF, RealClock())


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_and_stops_cleanly(tmp_path: Path, sign: signal.Signals) -> None:
    acme = workspace()
    async with serve(acme) as server, lantern(server, tmp_path, "run") as process:
        await server.wait_connected(within=30)
        ada = Person(acme, "ada", patience=10)
        await ada.says("My secret plan")
        await ada.reads("Nothing is waiting for an answer")
        process.send_signal(sign)
        _, logged = await process.communicate()
    assert process.returncode == 0
    log = logged.decode()
    assert "Lantern is running" in log
    assert "Traceback" not in log
    for secret in (acme.bot_token, acme.app_token, acme.signing_secret, "My secret plan"):
        assert secret not in log
    for name in ("lantern.db", "lantern.key", "lantern.db.lock"):
        assert (tmp_path / "data/local" / name).stat().st_mode & 0o077 == 0, name


async def test_it_serves_http(tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    base, acme = f"http://127.0.0.1:{port}", workspace()
    async with (
        serve(acme, request_url=f"{base}/slack/events") as server,
        lantern(server, tmp_path, "run", "--http", f"127.0.0.1:{port}") as process,
    ):
        await _until_ready(base, process)
        ada = Person(acme, "ada", patience=10)
        await ada.types("/mentoring help")
        await ada.reads("/mentoring taster")
        process.terminate()
        await process.communicate()
    assert process.returncode == 0


async def test_a_second_one_on_the_same_file_is_refused(tmp_path: Path) -> None:
    async with serve(workspace()) as server, lantern(server, tmp_path, "run"):
        await server.wait_connected(within=30)
        async with lantern(server, tmp_path, "run") as second:
            _, said = await second.communicate()
    assert second.returncode == 2
    assert b"open in another process" in said


async def test_check_says_that_all_is_well(tmp_path: Path) -> None:
    async with (
        serve(workspace()) as server,
        lantern(server, tmp_path, "run", "--check") as process,
    ):
        said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    assert "✗" not in said.decode()


async def _until_ready(base: str, process: asyncio.subprocess.Process) -> None:
    """A process cannot tell us when it is ready, so it is asked, as a load balancer asks."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"{base}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectorError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError("it ended before it was ready")
