"""What Lantern costs while nobody needs it, beside a bare Bolt app with SQLModel imported.

`python -m tests.benchmarks.footprint`: each is started as a process of its own on a local workspace
in this one, in turn and several times. Start-up is the time until its socket is connected; memory
is what the process holds some seconds later. Last line: one JSON object with the medians' ratios.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from bot.clock import MovableClock
from bot.ops import logs
from bot.rehearsal import demo_company, new_workspace
from bot.sandbox.server import Server, serve
from bot.store import migrations
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database

PROGRAMS: Final = {"lantern": ("bot", "run"), "bare": ("tests.benchmarks.bare_socket",)}


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds until connected, and resident memory (MiB) once idle."""

    startup: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="starts of each")
    parser.add_argument("--idle", type=float, default=4, help="seconds before memory is read")
    options = parser.parse_args()
    logs.configure(level="error")
    found = asyncio.run(measure(options.runs, options.idle))
    summary: dict[str, float] = {}
    for name, runs in found.items():
        startup, memory = (median(getattr(r, what) for r in runs) for what in ("startup", "memory"))
        print(f"{name:>8}: connected after {startup:5.2f} s, {memory:6.1f} MiB idle")
        summary |= {f"{name}_startup_s": round(startup, 3), f"{name}_memory_mib": round(memory, 1)}
    for what, unit in (("memory", "mib"), ("startup", "s")):
        ratio = summary[f"lantern_{what}_{unit}"] / summary[f"bare_{what}_{unit}"]
        summary[f"{what}_ratio"] = round(ratio, 2)
    print(json.dumps(summary))


async def measure(runs: int, idle: float) -> dict[str, list[Run]]:
    """Start them in turn; the database is an installation's, with all its tables."""
    found: dict[str, list[Run]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory(prefix="lantern-footprint-") as folder:
        url, key = f"sqlite:///{Path(folder) / 'lantern.db'}", new_key()
        database = Database.open(url, Keyring([key]))
        await migrations.upgrade(database)
        await database.close()
        for n in range(runs + 1):
            for name, module in PROGRAMS.items():
                workspace = new_workspace(demo_company(), MovableClock(datetime.now(UTC)))
                async with serve(workspace) as server:
                    run = await _start(server, module, _environment(server, url, key), idle)
                if n:  # the first fills the caches of the machine
                    found[name].append(run)
    return found


async def _start(server: Server, module: tuple[str, ...], env: dict[str, str], idle: float) -> Run:
    began = time.perf_counter()
    async with _process(module, env) as process:
        await server.wait_connected(60)
        startup = time.perf_counter() - began
        await asyncio.sleep(idle)
        memory = _resident(process.pid)
    return Run(startup, memory)


@asynccontextmanager
async def _process(
    module: tuple[str, ...], env: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=env)
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmRSS")


def _environment(server: Server, url: str, key: str) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "SLACK_BOT_TOKEN": server.workspace.bot_token,
        "SLACK_APP_TOKEN": server.workspace.app_token,
        "SLACK_API_URL": server.api_url,
        "LANTERN_DATABASE_URL": url,
        "LANTERN_SECRET_KEYS": key,
        "LANTERN_LOG_LEVEL": "error",
    }


if __name__ == "__main__":
    main()
