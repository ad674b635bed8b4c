"""The demo, as a person starts it: a process with a page, which goes on where it was."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.clock import MovableClock
from bot.demo import LOCK, this_morning
from bot.rehearsal import demo_company, manifest, new_workspace, settings_for
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from bot.store.crypto import new_key
from tests.support.clock import MONDAY, HandClock

pytestmark = pytest.mark.timeout(180)


@asynccontextmanager
async def demo(folder: Path, port: int, *more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot demo`; stopped with Ctrl-C at the end, if it still runs."""
    command = (
        "-m",
        "bot",
        "demo",
        "--no-show",
        "--folder",
        str(folder),
        "--port",
        str(port),
        *more,
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.communicate()


async def reads(process: asyncio.subprocess.Process, fragment: str) -> str:
    """The line of its output that has the fragment."""
    assert process.stdout is not None
    said = []
    while line := (await process.stdout.readline()).decode():
        said.append(line)
        if fragment in line:
            return line
    raise AssertionError(f"“{fragment}” was never said: {said}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kept(folder: Path) -> Workspace:
    return Workspace.load(folder / "workspace.json", manifest(), HandClock(MONDAY))


async def test_it_makes_a_company_and_goes_on_from_there(tmp_path: Path) -> None:
    port = free_port()
    async with demo(tmp_path, port) as process:
        line = await reads(process, "Lantern is at")
        assert f"http://127.0.0.1:{port}/" in line
        async with aiohttp.ClientSession() as web, web.get(f"http://127.0.0.1:{port}/") as page:
            assert (page.status, page.content_type) == (200, "text/html")
    first = kept(tmp_path)
    sofia = first.app_dm(first.user("sofia").id)
    assert len(first.people) > 40
    assert any("agenda" in message.text for message in sofia.messages)
    async with demo(tmp_path, port) as process:
        assert "Lantern is at" in await reads(process, "")  # the first line: nothing is made anew
    again = kept(tmp_path)
    messages = again.app_dm(again.user("sofia").id).messages
    assert [message.ts for message in messages] == [message.ts for message in sofia.messages]


async def test_fresh_begins_anew(tmp_path: Path) -> None:
    (tmp_path / LOCK).touch()  # by which it knows its own folder
    (tmp_path / "workspace.json").write_text("nothing that could be read")
    async with demo(tmp_path, free_port(), "--fresh") as process:
        await reads(process, "Making a company")
        await reads(process, "Lantern is at")
    assert kept(tmp_path).people


async def test_stopped_half_way_it_begins_anew_the_next_time(tmp_path: Path) -> None:
    port = free_port()
    async with demo(tmp_path, port) as process:
        await reads(process, "Making a company")
    assert process.returncode == 0
    assert not (tmp_path / "workspace.json").exists()
    async with demo(tmp_path, port) as process:
        await reads(process, "Making a company")


async def test_a_taken_port_is_said_and_another_offered(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        async with demo(tmp_path, port) as process:
            line = await reads(process, f"Port {port} is taken")
            assert "--port" in line or "PORT=" in line
            assert await process.wait() == 2


async def test_two_demos_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    async with demo(tmp_path, free_port()) as first:
        await reads(first, "Making a company")
        async with demo(tmp_path, free_port()) as second:
            await reads(second, "already")
            assert await second.wait() == 2


async def test_it_takes_nothing_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the keys, the words or the tokens of a real installation, nor what is wrong there."""
    key = new_key()
    monkeypatch.setenv("LANTERN_SECRET_KEYS", key)
    monkeypatch.setenv("LANTERN_HEALTH", "nowhere")
    workspace = new_workspace(demo_company(), MovableClock(MONDAY))
    async with serve(workspace) as server:
        settings = settings_for(workspace, server, f"sqlite:///{tmp_path / 'lantern.db'}")
    assert (settings.keys, settings.health) == ([], "")


def test_the_story_ends_on_a_working_day() -> None:
    saturday = datetime(2026, 11, 21, 3, tzinfo=UTC)
    assert this_morning(saturday) == datetime(2026, 11, 20, 10, tzinfo=UTC)


async def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    for more in ([], ["--fresh"]):
        (tmp_path / "lantern.key").write_text("the only one there is")
        async with demo(tmp_path, free_port(), *more) as process:
            await reads(process, "holds what is not the demo's")
            assert await process.wait() == 2
        assert _names(tmp_path) == ["lantern.key"]


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
