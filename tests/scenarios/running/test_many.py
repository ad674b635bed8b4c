"""Many workspaces in one Lantern, as an operator has it: who is refused, the doctor, a process."""

import json
import os
import socket
import sys
import time
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.clock import RealClock
from bot.ops.doctor import examine
from bot.ops.install import REDIRECT
from bot.sandbox.apps.shared_app import Organisation, SharedApp
from bot.sandbox.screen.person import Person
from bot.sandbox.server import serve
from bot.sandbox.workspace import Workspace
from bot.shipped import MANIFEST
from bot.store.tables import Installation, Job
from tests.scenarios.acts import offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.scenarios.running.test_http import _command, _post, _signed
from tests.scenarios.running.test_installing import as_company
from tests.scenarios.running.test_process import ROOT, _until_ready
from tests.support.company import STAFF
from tests.support.facts import Facts
from tests.support.street import Browser, Street, TeamSpec
from tests.support.street import street as running_street


@pytest.fixture
async def street(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme, and a team of an organisation."""
    teams = (TeamSpec("Acme", STAFF), TeamSpec("North", STAFF, Organisation("Roof")))
    async with running_street(tmp_path, *teams, database_url=database_url) as running:
        await running.installs("Acme")
        yield running


@sqlite_only
@pytest.mark.parametrize("how", ["unsigned", "wrong secret", "another body", "replayed"])
async def test_what_slack_did_not_sign_just_now_is_refused(street: Street, how: str) -> None:
    acme = as_company(street["Acme"])
    body, secret, now = _command(acme, "sessions"), street.app.signing_secret, time.time()
    headers = {
        "unsigned": {},
        "wrong secret": _signed("not the secret", body, now),
        "another body": _signed(secret, body + "x", now),
        "replayed": _signed(secret, body, now - 301),
    }[how]
    assert (await _post(acme, body, headers))[0] == 401
    assert (await _post(acme, body, _signed(secret, body, now)))[0] == 200


async def test_the_doctor_names_who_refuses_us(street: Street) -> None:
    async with street.browser() as browser:
        roof = street["North"].workspace.organisation
        assert roof is not None
        await browser.installs(roof.id)
    found = {f.name: f for f in await examine(street.settings, socket_mode=False)}
    assert found["installations"].ok
    assert "2 workspaces" in found["installations"].words
    street["Acme"].workspace.uninstall(())
    found = {f.name: f for f in await examine(street.settings, socket_mode=False)}
    assert not found["installations"].ok
    assert "1 (Acme) are refused" in found["installations"].words


@sqlite_only
async def test_a_team_that_is_taken_out_of_the_organisation_waits(street: Street) -> None:
    north = street["North"]
    roof = north.workspace.organisation
    assert roof is not None
    async with street.browser() as browser:
        await browser.installs(roof.id)
    await offers_to_mentor(as_company(north), "bruno")
    facts = Facts(street.bots[0].ctx.db)
    await north["ada"].types("/mentoring flash")
    roof.granted.clear()
    words = {"What is it about?": "Snow", "What do you hope to leave with?": "Boots"}
    await north["ada"].fills(words, submit=True)
    await north.settle()
    waiting = [job for job in await facts.all(Job) if job.state == "pending" and job.leased_until]
    assert waiting
    assert {job.attempts for job in waiting} == {0}
    assert {row.is_org: row.token is None for row in await facts.all(Installation)} == {
        False: False,
        True: False,  # the organisation has it still
    }
    roof.granted.add(north.workspace.team_id)
    async with street.browser() as browser:
        await browser.installs(roof.id)
    await north.settle()
    await north["ada"].reads("Snow")
    assert not [job for job in await facts.all(Job) if job.state == "dead"]


async def test_a_process_needs_no_bot_token(tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    base, clock = f"http://127.0.0.1:{port}", RealClock()
    app = SharedApp("Lantern", clock, [base + REDIRECT])
    acme = Workspace(yaml.safe_load(MANIFEST.read_text("utf-8")), STAFF, clock, app=app)
    async with serve(acme, request_url=f"{base}/slack/events") as server:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_CLIENT_ID": app.client_id,
            "SLACK_CLIENT_SECRET": app.client_secret,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": server.api_url,
            "LANTERN_PUBLIC_URL": base,
            "LANTERN_LOG_FORMAT": "json",
            "LANTERN_LOG_LEVEL": "debug",
        }
        arguments = ("-m", "bot", "run", "--http", f"127.0.0.1:{port}")
        process = await create_subprocess_exec(
            sys.executable, *arguments, cwd=tmp_path, env=environment, stdout=PIPE, stderr=PIPE
        )
        try:
            await _until_ready(base, process)
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(cookie_jar=jar) as session:
                assert (await Browser(session, base).installs(acme.team_id))[0] == 200
            ada = Person(acme, "ada", patience=10)
            await ada.types("/mentoring help")
            await ada.reads("/mentoring taster")
            process.terminate()
            out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert process.returncode == 0
    logged = (out + err).decode()
    assert json.loads(logged.strip().splitlines()[-1])
    for secret in (app.client_secret, app.signing_secret, acme.bot_token):
        assert secret not in logged
