"""How long Slack waits for Lantern, beside a Bolt app that only acks: `python -m tests.benchmarks.ack`.

Both are processes of their own, asked side by side at the same rate with the same requests: in turn a
command that reads (`/mentoring sessions`), a tick box that writes and has two messages updated, and
words in the DM that write. What Lantern has to say afterwards it says to a local workspace in this
process meanwhile. Last line: one JSON object.
"""

import argparse
import asyncio
import json
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.clock import MovableClock
from bot.rehearsal import Company, new_workspace, rehearse
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from bot.slack.ids import Action
from tests.benchmarks.load import Inbound, command, drive, event, interaction, percentile

MENTOR, MENTEE = "mira", "sofia"
LAST_MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)  # a working hour for both


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50, help="requests a second to each")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    found = asyncio.run(measure(options.rate, options.seconds))
    for name in ("bot", "bare"):
        print(f"{name:>5}: p50 {found[f'{name}_p50_ms']:7.2f} ms   p99 {found[f'{name}_p99_ms']:7.2f} ms")
    print(json.dumps(found))


async def measure(rate: float, seconds: float) -> dict[str, float]:
    """Both apps under the same load; times in milliseconds."""
    clock = MovableClock(LAST_MONDAY)
    workspace = new_workspace(Company.load().only(MENTOR, MENTEE), clock)
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
                await drive(targets, make, secret=secret, rate=rate, seconds=2)  # warm
                taken = await drive(
                    targets, lambda n: make(n + 1_000_000), secret=secret, rate=rate, seconds=seconds
                )
    return _summary(*(taken[target] for target in targets))


async def prepare(
    workspace: Workspace, clock: MovableClock, database: str
) -> Callable[[int], Inbound]:
    """A mentor, a mentee and their session; returns what makes the n-th request."""
    async with rehearse(workspace, clock, database_url=database) as rehearsal:
        mentor, mentee = rehearsal.person(MENTOR), rehearsal.person(MENTEE)
        await mentor.types("/mentoring offer")
        await mentor.fills({"What can you help with?": "Databases"}, submit=True)
        await mentee.types("/mentoring flash")
        await mentee.fills(
            {"What is it about?": "Locks", "What do you hope to leave with?": "A plan"}, submit=True
        )
        await mentor.clicks("I can help", within=20)
        seen = await mentee.reads("Your checklist", timeout=20)
        await rehearsal.settle()
    return _requests(workspace, _tick_payload(workspace, seen.ts))


def _tick_payload(workspace: Workspace, ts: str) -> dict[str, Any]:
    """A click on the first box of the mentee's checklist, as Slack would send it."""
    user = workspace.user(MENTEE)
    dm = workspace.app_dm(user.id)
    message = next(m for m in dm.messages if any(_is_tick(b) for b in m.blocks or []))
    block = next(b for b in message.blocks or [] if _is_tick(b))
    element = block["elements"][0]
    chosen = {"type": "checkboxes", "selected_options": element["options"][:1]}
    return {
        "type": "block_actions",
        "user": {"id": user.id, "team_id": workspace.team_id, "username": user.handle},
        "team": {"id": workspace.team_id, "domain": "acme"},
        "api_app_id": workspace.app_id,
        "token": "none",
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": message.ts, "channel_id": dm.id},
        "channel": {"id": dm.id, "name": "directmessage"},
        "message": message.as_api(),
        "state": {"values": {block["block_id"]: {element["action_id"]: chosen}}},
        "actions": [
            {"action_id": element["action_id"], "block_id": block["block_id"], **chosen, "action_ts": ts}
        ],
    }


def _is_tick(block: dict[str, Any]) -> bool:
    return block["type"] == "actions" and block["elements"][0].get("action_id") == Action.TICK


def _requests(workspace: Workspace, tick: dict[str, Any]) -> Callable[[int], Inbound]:
    user = workspace.user(MENTEE)
    dm = workspace.app_dm(user.id)
    asks = {
        "command": "/mentoring",
        "text": "sessions",
        "team_id": workspace.team_id,
        "channel_id": dm.id,
        "user_id": user.id,
        "user_name": user.handle,
        "api_app_id": workspace.app_id,
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1/unused",
    }
    boxes = next(iter(tick["state"]["values"].values()))[Action.TICK]["selected_options"]

    def make(n: int) -> Inbound:
        if n % 3 == 0:
            return command(asks)
        if n % 3 == 1:  # ticked and unticked in turn, so that there is something to write
            chosen = boxes if n % 2 else []
            block_id = tick["actions"][0]["block_id"]
            state = {"values": {block_id: {Action.TICK: {"type": "checkboxes", "selected_options": chosen}}}}
            return interaction({**tick, "state": state})
        return event(_words(workspace, user.id, dm.id, n))

    return make


def _words(workspace: Workspace, user_id: str, channel: str, n: int) -> dict[str, object]:
    return {
        "type": "event_callback",
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event_id": f"Ev{n:010d}",
        "event_time": 1,
        "authorizations": [{"team_id": workspace.team_id, "user_id": workspace.bot_user_id, "is_bot": True}],
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": channel,
            "user": user_id,
            "text": "hello there",
            "ts": f"{1_800_000_000 + n}.000100",
            "client_msg_id": f"{n:032x}",
        },
    }


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


def _summary(bot: list[float], bare: list[float]) -> dict[str, float]:
    found = {
        f"{name}_{label}_ms": round(percentile(values, share), 3)
        for name, values in (("bot", bot), ("bare", bare))
        for label, share in (("p50", 50), ("p99", 99))
    }
    found["p50_ratio"] = round(found["bot_p50_ms"] / found["bare_p50_ms"], 3)
    found["p99_ratio"] = round(found["bot_p99_ms"] / found["bare_p99_ms"], 3)
    return found


if __name__ == "__main__":
    main()
