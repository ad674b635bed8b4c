"""The container's recipe names only what is there: files, settings, commands, paths, ports."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli import cli
from bot.config import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yml").read_text("utf-8"))
SETTINGS = {variable(name) for name in Settings.model_fields}
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==([^ ]+)", re.MULTILINE)


def test_everything_copied_is_there_and_let_through() -> None:
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"
    }
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in line.split()
    }
    assert copied == let_through
    assert [source for source in copied if not (ROOT / source).exists()] == []


def test_nothing_runs_as_root_and_nothing_is_written_but_data() -> None:
    last = DOCKERFILE.split("FROM ")[-1]
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert last.index("USER") > last.index("RUN")
    lantern = COMPOSE["services"]["lantern"]
    assert (lantern["read_only"], lantern["cap_drop"]) == (True, ["ALL"])
    assert re.search(r"^VOLUME /data$", last, re.MULTILINE)


def test_its_settings_and_commands_exist() -> None:
    named = set(re.findall(r"\b(?:LANTERN|SLACK)_[A-Z_]+\b", DOCKERFILE + str(COMPOSE)))
    assert named <= SETTINGS
    commands = {each.name or each.callback.__name__ for each in cli.registered_commands}  # type: ignore[union-attr]
    assert set(re.findall(r'^CMD \["(\w+)"\]$', DOCKERFILE, re.MULTILINE)) <= commands
    assert COMPOSE["services"]["lantern"]["command"][0] in commands
    assert "LANTERN_HEALTH=0.0.0.0:8080" in DOCKERFILE


def test_what_runs_is_what_was_tested() -> None:
    tested = dict(PIN.findall((ROOT / "requirements.lock").read_text("utf-8")))
    running = dict(PIN.findall((ROOT / "requirements-run.lock").read_text("utf-8")))
    assert len(running) > 40
    assert {name: pin for name, pin in running.items() if tested.get(name) != pin} == {}
    assert not running.keys() & {"pytest", "mypy", "playwright", "hypothesis"}


def test_no_lock_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-run.lock"):
        assert "://" not in (ROOT / name).read_text("utf-8"), name


async def test_its_health_is_asked_here_and_not_by_a_proxy() -> None:
    status = 200

    async def live(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/livez", live)
    async with TestServer(app) as server:
        assert await _asks_for_health(server.port) == 0
        status = 503
        assert await _asks_for_health(server.port) == 1
    assert await _asks_for_health(server.port) == 1


async def _asks_for_health(port: int | None) -> int:
    """The exit code of the image's health check, for Lantern at this port."""
    found = re.search(r'^HEALTHCHECK [^[]*CMD (\[".+"\])$', DOCKERFILE, re.MULTILINE)
    assert found
    _, *arguments = json.loads(found[1])
    elsewhere = {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    env = {**os.environ, **elsewhere, "LANTERN_HEALTH": f"0.0.0.0:{port}"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=env, stderr=asyncio.subprocess.DEVNULL
    )
    return await process.wait()
