"""`python -m bot demo`: all of Lantern in a browser, without Slack.

A local workspace with a believable company in it, and the unmodified bot on it over Socket Mode and
SQLite. It continues where it was the last time; `fresh` begins anew.
"""

import asyncio
import os
import shutil
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from filelock import FileLock, Timeout
from rich.console import Console

from bot.clock import MovableClock
from bot.config import SettingProblem
from bot.demo.prelude import play
from bot.rehearsal import Rehearsal, demo_company, manifest, new_workspace, rehearse
from bot.sandbox.ports import free_port, is_free
from bot.sandbox.workspace import Workspace

FOLDER = Path("data/local/demo")
LOCK = "demo.lock"  # where it is, the folder is the demo's
PORT = 4400
KEEP_EVERY = 2.0  # real seconds between looks whether there is something to keep
LOOK_BACK = timedelta(days=4)  # what the company lived through before you came


async def demo(
    console: Console,
    *,
    port: int = PORT,
    folder: Path = FOLDER,
    fresh: bool = False,
    show: bool = True,
) -> None:
    """Run until Ctrl-C or SIGTERM, and keep everything in `folder` for the next time.

    Raises SettingProblem for a port that is taken, a demo that runs already, or a folder that is
    not the demo's alone.
    """
    _need_port(port)
    stop = _stopped_by_signal()
    with _alone(folder):
        begun = _kept(folder).exists() and not fresh
        if not begun:
            _forget(folder)
            console.print("Making a company for you; this takes some seconds…")
        async with _running(folder, port) as rehearsal:
            if not begun and not await _unless(stop, play(rehearsal, this_morning())):
                return  # stopped half way: the next start begins anew
            rehearsal.clock.play(1)
            _keep(rehearsal, folder)
            console.print(f"Lantern is at [link]{rehearsal.server.url}[/]  (Ctrl-C stops it)")
            if show:
                _open(rehearsal.server.url)
            await _keep_until(stop, rehearsal, folder)
    console.print("Stopped. Start it again and it goes on from here.")


def this_morning(now: datetime | None = None) -> datetime:
    """Ten o'clock UTC of the last working day: working hours from Lagos to Istanbul."""
    day = (now or datetime.now(UTC)).date()
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return datetime.combine(day, time(10), UTC)


@asynccontextmanager
async def _running(folder: Path, port: int) -> AsyncIterator[Rehearsal]:
    database_url = f"sqlite:///{folder / 'lantern.db'}"
    kept = _kept(folder)
    if kept.exists():
        clock = MovableClock(Workspace.saved_at(kept))
        workspace = Workspace.load(kept, manifest(), clock)
    else:
        clock = MovableClock(_monday_before(this_morning()))
        workspace = new_workspace(demo_company(), clock)
    async with rehearse(
        workspace,
        clock,
        database_url=database_url,
        port=port,
        page=True,
        chance=Random(),  # noqa: S311 - a die, not a secret
    ) as rehearsal:
        yield rehearsal


def _monday_before(moment: datetime) -> datetime:
    """A working morning some days before, from which the story can begin."""
    day = moment - LOOK_BACK
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _stopped_by_signal() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    return stop


async def _unless(stop: asyncio.Event, doing: Coroutine[None, None, None]) -> bool:
    """Do it to the end, or give it up when `stop` is set; whether the end was reached."""
    work, stopping = asyncio.create_task(doing), asyncio.create_task(stop.wait())
    await asyncio.wait((work, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()
        return True
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    return False


async def _keep_until(stop: asyncio.Event, rehearsal: Rehearsal, folder: Path) -> None:
    """Write the workspace down whenever something changed, until `stop`, and once more then."""
    kept = rehearsal.workspace.changes.seq
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), KEEP_EVERY)
        if rehearsal.workspace.changes.seq != kept:
            kept = rehearsal.workspace.changes.seq
            _keep(rehearsal, folder)
    _keep(rehearsal, folder)


def _keep(rehearsal: Rehearsal, folder: Path) -> None:
    """Write the workspace down; the old state stays until the new one is whole."""
    half = _kept(folder).with_suffix(".part")
    rehearsal.workspace.save(half)
    half.replace(_kept(folder))


def _kept(folder: Path) -> Path:
    return folder / "workspace.json"


def _forget(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _alone(folder: Path) -> FileLock:
    lock = FileLock(folder / LOCK, mode=0o600)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / LOCK).exists() and any(folder.iterdir()):
            # Beginning anew deletes all that is in the folder, so it has to be the demo's own.
            raise SettingProblem(
                f"{folder} holds what is not the demo's: name a folder that is empty or new."
            )
        lock.acquire(timeout=0)
    except Timeout:
        raise SettingProblem(
            "The demo runs already in another terminal: use that one, or stop it first."
        ) from None
    except OSError as error:
        raise SettingProblem(f"{folder} cannot be used ({error.strerror}).") from None
    return lock


def _need_port(port: int) -> None:
    if not is_free("127.0.0.1", port):
        other = free_port("127.0.0.1", port + 1)
        raise SettingProblem(
            f"Port {port} is taken by another program. This one is free: "
            f"`make demo PORT={other}` (or `python -m bot demo --port {other}`)."
        )


def _open(url: str) -> None:
    """Show the page where there is a screen; a browser that does not start is no reason to stop."""
    has_screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not has_screen:
        return
    with suppress(webbrowser.Error):
        webbrowser.open(url)
