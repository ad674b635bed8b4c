"""The other front door: signed HTTP, the first half of the main story, and who is refused."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.ops.web import SLACK_PATH
from bot.store.tables import Person
from tests.scenarios.acts import accepts, asks_taster, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company
from tests.support.company import company as running_company
from tests.support.facts import Facts


@pytest.fixture
async def company(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    """The whole bot behind a request URL."""
    async with running_company(tmp_path, database_url=database_url, http=True) as running:
        yield running


async def test_the_story_from_the_command_to_the_agenda(company: Company) -> None:
    ada, bruno = company["ada"], company["bruno"]
    await offers_to_mentor(company, "bruno")
    await ada.types("/mentoring taster")
    await ada.fills({"What would you like to talk about?": "  "})
    await ada.fills({"What do you hope to leave with?": "A day in the life"}, submit=True)
    assert ada.errors
    await ada.closes()
    await asks_taster(company, "ada", "Is design for me?", "A day in the life")
    await accepts(company, "bruno")
    await ada.reads("You have a taster together", where="group")
    await ada.says("Thursday 14:30")
    await company.settle()
    await bruno.reads("has set the time for your taster", where="group")
    await ada.ticks("I know the first question I want to ask", in_message="Your checklist")
    await ada.says("- Where to begin\n- Whom to ask")
    await company.settle()
    await bruno.reads("Where to begin")
    await ada.opens_home()
    await ada.reads("Your sessions", where="home")
    await assert_all_said_once(company)


def _command(company: Company, text: str) -> str:
    ws, ada = company.workspace, company["ada"]
    return urlencode(
        {
            "command": "/mentoring",
            "text": text,
            "team_id": ws.team_id,
            "user_id": ada.id,
            "channel_id": ada.client.app_dm.id,
            "api_app_id": ws.app_id,
            "trigger_id": ws.triggers.issue(ada.id),
            "response_url": "",
        }
    )


def _words(company: Company) -> str:
    ws, ada = company.workspace, company["ada"]
    dm = ada.client.app_dm.id
    event = {"type": "message", "channel_type": "im", "channel": dm, "user": ada.id}
    event |= {"text": "Forged", "ts": "1.0", "event_ts": "1.0", "team": ws.team_id}
    around = {"type": "event_callback", "team_id": ws.team_id, "api_app_id": ws.app_id}
    return json.dumps({**around, "event": event, "event_id": "Ev1", "event_time": 1})


async def _post(company: Company, body: str, headers: dict[str, str]) -> tuple[int, str]:
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            company.address + SLACK_PATH, data=body, headers={"Content-Type": kind, **headers}
        ) as answer,
    ):
        return answer.status, await answer.text()


def _signed(secret: str, body: str, at: float) -> dict[str, str]:
    stamp = str(int(at))
    made = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}


@sqlite_only
@pytest.mark.parametrize("what", ["command", "words"])
@pytest.mark.parametrize("how", ["unsigned", "wrong secret", "another body", "replayed", "future"])
async def test_what_slack_did_not_sign_just_now_is_refused(
    company: Company, what: str, how: str
) -> None:
    body = _words(company) if what == "words" else _command(company, "sessions")
    secret, now = company.workspace.signing_secret, time.time()
    headers = {
        "unsigned": {},
        "wrong secret": _signed("not the secret", body, now),
        "another body": _signed(secret, body.replace("Forged", "F"), now)
        if what == "words"
        else _signed(secret, body + "x", now),
        "replayed": _signed(secret, body, now - 301),
        "future": _signed(secret, body, now + 3600),
    }[how]
    with capture_logs() as logs:
        status, said = await _post(company, body, headers)
    assert status == 401
    assert "open" not in said
    (line,) = [line for line in logs if line["event"] == "request_refused"]
    expected = {"unsigned": "unsigned", "replayed": "clock", "future": "clock"}
    assert line["why"] == expected.get(how, "secret")
    assert "Forged" not in str(line)
    await company.settle()
    assert company["ada"].screen() == []


@sqlite_only
async def test_the_same_request_signed_is_answered(company: Company) -> None:
    body = _command(company, "sessions")
    status, said = await _post(
        company, body, _signed(company.workspace.signing_secret, body, time.time())
    )
    assert status == 200
    assert "Nothing is open for you just now." in said


@sqlite_only
@pytest.mark.parametrize("what", ["command", "words"])
async def test_what_names_another_team_goes_no_further(company: Company, what: str) -> None:
    """Signed with the app's own secret, which other teams of that app share."""
    body = _words(company) if what == "words" else _command(company, "sessions")
    body = body.replace(company.workspace.team_id, "T0ELSEWHERE")
    headers = _signed(company.workspace.signing_secret, body, time.time())
    status, said = await _post(company, body, headers)
    assert status == 200
    assert "open for you" not in said
    await company.settle()
    assert company["ada"].screen() == []
    assert await Facts(company.bot.ctx.db).all(Person) == []


@sqlite_only
async def test_an_event_of_a_kind_that_nobody_expects_is_acknowledged(company: Company) -> None:
    raw = json.loads(_words(company))
    raw["event"] = {"type": "moon_landing", "user": company["ada"].id, "event_ts": "1.0"}
    body = json.dumps(raw)
    headers = _signed(company.workspace.signing_secret, body, time.time())
    assert (await _post(company, body, headers))[0] in (200, 404)
    assert company["ada"].screen() == []
