"""How long Slack waits for Lantern, beside a bare Bolt app: `python -m tests.benchmarks.ack`.

Both are processes of their own, asked side by side at the same rate with the same requests of forty
people, each in a session: in turn a command that reads (`/mentoring sessions`), a tick box that
writes and has two messages updated, and words in the DM that write. What Lantern has to say
afterwards it says to a local workspace in this process meanwhile. Last line: one JSON object.
"""

import argparse
import asyncio
import json
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path

import aiohttp

from bot.clock import MovableClock
from bot.ops import logs
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from tests.benchmarks.load import drive, percentile
from tests.benchmarks.stage import KINDS, MONDAY_MORNING, ROUND, new_stage, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50, help="requests a second to each")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    logs.configure(level="error")
    found = asyncio.run(measure(options.rate, options.seconds))
    for name in ("bot", "bare", *(f"bot_{kind}" for kind in KINDS)):
        p50, p99 = found[f"{name}_p50_ms"], found[f"{name}_p99_ms"]
        print(f"{name:>9}: p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")
    print(json.dumps(found))


async def measure(rate: float, seconds: float) -> dict[str, float]:
    """Both apps under the same load; times in milliseconds."""
    clock = MovableClock(MONDAY_MORNING)
    workspace = new_stage(clock)
    with tempfile.TemporaryDirectory(prefix="lantern-ack-") as folder:
        database = f"sqlite:///{Path(folder) / 'ack.db'}"
        make = await prepare(workspace, clock, database)
        ports = [_free_port(), _free_port()]
        async with serve(workspace) as server:
            env = _environment(workspace, server.api_url, database)
            bot = ("bot", "run", "--http", f"127.0.0.1:{ports[0]}")
            bare = ("tests.benchmarks.bare", str(ports[1]))
            async with _process(bot, env, ports[0]), _process(bare, env, ports[1]):
                targets = [f"http://127.0.0.1:{port}/slack/events" for port in ports]
                secret = workspace.signing_secret
                await drive(targets, make, range(ROUND), secret=secret, rate=rate)  # warm
                numbers = range(ROUND, ROUND + int(rate * seconds))
                taken = await drive(targets, make, numbers, secret=secret, rate=rate)
    return _summary(*(_by_kind(taken[target]) for target in targets))


def _by_kind(taken: dict[int, float]) -> list[list[float]]:
    return [
        [each for n, each in taken.items() if n % len(KINDS) == kind] for kind in range(len(KINDS))
    ]


def _environment(workspace: Workspace, api_url: str, database: str) -> dict[str, str]:
    return {
        **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": api_url,
        "LANTERN_DATABASE_URL": database,
        "LANTERN_LOG_LEVEL": "error",
    }


@asynccontextmanager
async def _process(module: tuple[str, ...], env: dict[str, str], port: int) -> AsyncIterator[None]:
    """`python -m …` until the block is left; entered when its port answers."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=env)
    try:
        await _until_open(port, process)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_open(port: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status in (200, 404):  # the bare app knows no such path
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("the process ended before it answered")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _summary(bot: list[list[float]], bare: list[list[float]]) -> dict[str, float]:
    """From what each took, by kind of request."""
    found = {
        f"{name}_{label}_ms": round(percentile(list(chain(*kinds)), share), 3)
        for name, kinds in (("bot", bot), ("bare", bare))
        for label, share in (("p50", 50), ("p99", 99))
    }
    for kind, values in zip(KINDS, bot, strict=True):
        found[f"bot_{kind}_p50_ms"] = round(percentile(values, 50), 3)
        found[f"bot_{kind}_p99_ms"] = round(percentile(values, 99), 3)
    found["p50_ratio"] = round(found["bot_p50_ms"] / found["bare_p50_ms"], 3)
    found["p99_ratio"] = round(found["bot_p99_ms"] / found["bare_p99_ms"], 3)
    return found


if __name__ == "__main__":
    main()
