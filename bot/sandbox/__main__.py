"""Start the local workspace by itself: `python -m bot.sandbox --manifest FILE --people FILE`.

The page is at its address; an app connects with the settings that are printed.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.clock import MovableClock
from bot.sandbox.company import Company
from bot.sandbox.limits import Limits
from bot.sandbox.ports import free_port, is_free, taken
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace


def open_workspace(given: argparse.Namespace) -> Workspace:
    """The workspace that was kept, or a new one; its clock runs as ours does until it is moved."""
    manifest = yaml.safe_load(given.manifest.read_text())
    now = datetime.now(UTC)
    if given.keep and given.keep.exists():
        then = max(now, Workspace.saved_at(given.keep))
        return Workspace.load(given.keep, manifest, MovableClock(then, speed=1))
    company = Company.load(given.people)
    clock = MovableClock(now, speed=1)
    name = given.name or company.name or "Acme"
    return Workspace(manifest, company.people, clock, name=name, channels=company.channels)


def told(server: Server) -> str:
    """What to give to the app, one setting a line."""
    ws = server.workspace
    return "\n".join(
        [
            f"The local workspace “{ws.name}” is at {server.url} – open it in a browser.",
            f"SLACK_API_URL={server.api_url}",
            f"SLACK_BOT_TOKEN={ws.bot_token}",
            f"SLACK_APP_TOKEN={ws.app_token}",
            f"SLACK_SIGNING_SECRET={ws.signing_secret}",
        ]
    )


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest (YAML)")
    parser.add_argument("--people", type=Path, required=True, help="people and channels (YAML)")
    parser.add_argument("--name", default="", help="the name of the workspace")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, help="0 takes any free one (default: 8765, or near)")
    parser.add_argument("--request-url", help="deliver by signed HTTP instead of Socket Mode")
    parser.add_argument("--keep", type=Path, help="a file to continue from and to save to")
    parser.add_argument("--limits", action="store_true", help="hold the app to Slack's rate limits")
    return parser.parse_args(arguments)


async def run(given: argparse.Namespace) -> None:
    """Serve until told to stop, then save."""
    workspace = open_workspace(given)
    port = free_port(given.host) if given.port is None else given.port
    if given.limits:
        workspace.limits = Limits(workspace.clock)
    try:
        async with serve(workspace, given.host, port, given.request_url, page=True) as server:
            sys.stdout.write(told(server) + "\n")
            sys.stdout.flush()
            await _told_to_stop()
    finally:
        if given.keep:
            workspace.save(given.keep)


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Start; returns the exit code."""
    given = parse(arguments)
    try:
        asyncio.run(run(given))
    except FileNotFoundError as missing:
        sys.stderr.write(f"there is no file {missing.filename}\n")
        return 1
    except OSError as trouble:
        if given.port and not is_free(given.host, given.port):
            sys.stderr.write(taken(given.host, given.port) + "\n")
        else:
            sys.stderr.write(f"{given.host} cannot be used: {trouble.strerror or trouble}\n")
        return 1
    except ValueError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
