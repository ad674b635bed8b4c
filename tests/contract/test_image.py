"""The container's recipe names only what is there: files, settings, commands, paths, ports."""

import re
from pathlib import Path
from typing import Any

import yaml

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
    assert "http://127.0.0.1:8080/livez" in DOCKERFILE
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
