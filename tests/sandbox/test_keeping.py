"""A workspace is kept in a file and goes on from it; it also starts alone."""

import asyncio
import json
import os
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import MovableClock
from bot.sandbox.__main__ import main
from bot.sandbox.company import Company
from bot.sandbox.screen.person import Person
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import MONDAY
from tests.sandbox.lunch import MANIFEST, invitation, modal

PEOPLE = """
people:
  - {handle: mira, name: Mira Holm, tz: Europe/Berlin}
  - {handle: omar, name: Omar Said, is_admin: true}
channels:
  - {name: general, members: [mira, omar], with_app: true}
"""


async def test_everything_on_the_screens_survives(
    client: AsyncWebClient, ws: Workspace, tmp_path: Path
) -> None:
    mira = Person(ws, "mira")
    await client.chat_postMessage(channel=mira.id, text="x", blocks=invitation("stew"))
    await mira.ticks("Bring a spoon")
    await mira.shares("menu.pdf", b"%PDF", comment="look")
    home = {"type": "home", "blocks": invitation("soup")}
    await client.views_publish(user_id=mira.id, view=home)
    await client.views_open(trigger_id=ws.triggers.issue(mira.id), view=modal())
    await mira.fills({"Dish": "half a word"})
    ws.deactivate("omar")
    ws.save(tmp_path / "kept.json")

    clock = MovableClock(Workspace.saved_at(tmp_path / "kept.json") + timedelta(hours=1))
    again = Workspace.load(tmp_path / "kept.json", MANIFEST, clock)
    after = Person(again, "mira")
    assert [str(s) for s in after.screen()] == [str(s) for s in mira.screen()]
    assert after.modal == mira.modal
    assert again.user("omar").deleted
    assert list(again.files.contents.values()) == [b"%PDF"]
    assert (again.bot_token, again.signing_secret) == (ws.bot_token, ws.signing_secret)
    assert again.next_ts() > ws.next_ts()
    assert clock.now() == MONDAY + timedelta(hours=1)


async def test_a_kept_workspace_goes_on_working(ws: Workspace, tmp_path: Path) -> None:
    ws.save(tmp_path / "kept.json")
    again = Workspace.load(tmp_path / "kept.json", MANIFEST, ws.clock)
    async with serve(again) as server:
        client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
        await client.chat_postMessage(channel=again.user("mira").id, text="still here")
        await Person(again, "mira").reads("still here")


def test_the_file_is_for_its_owner_alone(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    ws.save(path)
    ws.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_another_version_of_the_file_is_refused(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({"version": 0}))
    with pytest.raises(ValueError, match="another version"):
        Workspace.load(path, MANIFEST, ws.clock)


def test_ids_are_the_same_on_every_start(ws: Workspace) -> None:
    again = Workspace(MANIFEST, [], ws.clock)
    assert again.team_id == ws.team_id
    assert again.bot_token == ws.bot_token


def test_a_company_is_read_from_yaml(tmp_path: Path) -> None:
    (tmp_path / "people.yml").write_text(PEOPLE)
    company = Company.load(tmp_path / "people.yml")
    assert [p.handle for p in company.people] == ["mira", "omar"]
    assert company.channels[0].with_app
    (tmp_path / "bad.yml").write_text("- {handle: x, name: y, shoe_size: 44}")
    with pytest.raises(ValueError, match="shoe_size"):
        Company.load(tmp_path / "bad.yml")
    (tmp_path / "empty.yml").write_text("[]")
    with pytest.raises(ValueError, match="nobody"):
        Company.load(tmp_path / "empty.yml")


def test_trouble_at_the_start_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest, people = tmp_path / "manifest.yml", tmp_path / "people.yml"
    files = ["--manifest", str(manifest), "--people", str(people)]
    assert main(files) == 1
    assert "there is no file" in capsys.readouterr().err
    manifest.write_text(yaml.safe_dump(MANIFEST))
    people.write_text(PEOPLE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main([*files, "--port", port]) == 1
    assert f"Port {port} on 127.0.0.1 is taken" in capsys.readouterr().err


async def test_it_starts_alone_says_where_and_stops_cleanly(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(yaml.safe_dump(MANIFEST))
    (tmp_path / "people.yml").write_text(PEOPLE)
    files = ["--manifest", tmp_path / "manifest.yml", "--people", tmp_path / "people.yml"]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *["-m", "bot.sandbox", *map(str, files), "--keep", str(tmp_path / "kept.json")],
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    first = (await process.stdout.readline()).decode()
    settings = dict([(await process.stdout.readline()).decode().split("=", 1) for _ in range(4)])
    client = AsyncWebClient(
        token=settings["SLACK_BOT_TOKEN"].strip(), base_url=settings["SLACK_API_URL"].strip()
    )
    assert "The local workspace “Acme” is at http://127.0.0.1:" in first
    assert (await client.auth_test())["team"] == "Acme"
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert (tmp_path / "kept.json").exists()
