"""The doctor says what is wrong and what to do, one line a thing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.ops.checks import slack, words
from bot.ops.doctor import Finding, examine
from bot.store.crypto import new_key
from tests.support.company import STAFF, Company, company, settings_for
from tests.support.street import TeamSpec, street


@pytest.fixture(autouse=True)
def _every_template_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """To render them in every language takes seconds: it is done where it is the question."""

    async def fine(_: Settings) -> str:
        return "not looked at here."

    if "template" not in request.node.name:
        monkeypatch.setattr(words, "templates", fine)


def with_(settings: Settings, **changed: Any) -> Settings:
    return Settings.model_validate(settings.model_dump() | changed)


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


async def ask_for_a_session(acme: Company) -> None:
    """Something encrypted is in the database afterwards."""
    await acme["ada"].types("/mentoring flash")
    await acme["ada"].fills(
        {
            "What is it about?": "Choosing between two offers",
            "What do you hope to leave with?": "A way to decide",
        },
        submit=True,
    )
    await acme.settle()


@pytest.mark.parametrize("socket_mode", [True, False])
async def test_all_is_well(tmp_path: Path, database_url: str, socket_mode: bool) -> None:
    keys = new_key()
    async with company(tmp_path, database_url=database_url, keys=keys) as acme:
        await ask_for_a_session(acme)
        settings = settings_for(acme.server, database_url, keys)
        findings = await examine(settings, socket_mode=socket_mode)
    assert [str(finding) for finding in findings if not finding.ok] == []
    assert by_name(findings)["keys"].words == "they open what is stored."


async def test_what_is_wrong_is_said(tmp_path: Path, database_url: str) -> None:
    async with company(tmp_path, database_url=database_url) as acme:
        await ask_for_a_session(acme)
        settings = settings_for(acme.server, database_url, new_key())
        tokens = {"bot_token": "xoxb-wrong", "app_token": "xapp-wrong"}
        found = by_name(await examine(with_(settings, **tokens)))
    assert not found["keys"].ok
    assert "LANTERN_SECRET_KEYS" in found["keys"].words
    for name in ("bot token", "app token", "scopes"):
        assert not found[name].ok
    assert "xoxb-wrong" not in str(found)


async def test_slack_that_is_away_is_no_reason_for_another_token(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'new.db'}")
        found = by_name(await examine(with_(settings, api_url="http://127.0.0.1:9/api/")))
    assert "look at the network" in found["clock"].words
    for name in ("bot token", "app token", "scopes"):
        assert found[name].words.startswith("unknown while")
        assert "install" not in found[name].words


async def test_a_missing_scope(tmp_path: Path) -> None:
    async with company(tmp_path, keys=(keys := new_key())) as acme:
        granted = acme.workspace.manifest.scopes - {"users:read"}
        object.__setattr__(acme.workspace.manifest, "scopes", granted)
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'company.db'}", keys)
        found = by_name(await examine(settings))
    assert "users:read missing" in found["scopes"].words


async def test_a_template_that_does_not_compile(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    (folder / "messages").mkdir(parents=True)
    (folder / "messages" / "help.xml").write_text("<message>{% if %}</message>")
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'lantern.db'}")
        found = by_name(await examine(with_(settings, templates_dir=folder)))
    assert not found["templates"].ok
    assert "messages/help.xml" in found["templates"].words


async def test_a_new_installation(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'new.db'}")
        found = by_name(await examine(settings))
        assert found["database"].ok
        assert f"none at {tmp_path / 'new.db'}" in found["database"].words
        assert not (tmp_path / "new.db").exists()
        many = with_(settings, client_id="1.2")
        found = by_name(await examine(many, socket_mode=False))
        assert "bot token" not in found
        assert "SLACK_CLIENT_SECRET is missing" in found["installations"].words
        (tmp_path / "new.db").touch(0o600)
        found = by_name(await examine(settings))
    assert found["database"].ok
    for name in ("schema", "keys", "people's zones", "backlog", "tried again", "given up"):
        assert found[name].words == "looked at once the database is of this version."
    assert "MB free" in found["room"].words
    assert not (tmp_path / "new.key").exists()


async def test_settings_that_only_a_start_would_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'company.db'}")
        found = by_name(await examine(with_(settings, language="xx")))
        assert "LANTERN_LANGUAGE names 'xx'" in found["settings"].words
        monkeypatch.setenv("LANTERN_SECRET_KEY", "hunter2")
        found = by_name(await examine(settings))
    assert "is LANTERN_SECRET_KEYS meant?" in found["settings"].words
    assert "hunter2" not in str(found)


async def test_many_workspaces(tmp_path: Path, database_url: str) -> None:
    teams = (TeamSpec("Acme", STAFF), TeamSpec("Beta", STAFF))
    async with street(tmp_path, *teams, database_url=database_url) as here:
        for name in ("Acme", "Beta"):
            await here.installs(name)
        settings = here.settings
        found = by_name(await examine(settings, socket_mode=False, clock=here.clock))
        assert [str(each) for each in found.values() if not each.ok] == []
        assert found["installations"].words.startswith("2 workspaces have installed it;")
        assert "bot token" not in found
        object.__setattr__(here["Acme"].workspace.manifest, "scopes", frozenset({"chat:write"}))
        here["Beta"].workspace.bot_token = "xoxb-another"
        found = by_name(await examine(settings, socket_mode=False, clock=here.clock))
        assert not found["installations"].ok
        assert "2 looked at" in found["installations"].words
        away = with_(settings, api_url="http://127.0.0.1:9/api/")
        found = by_name(await examine(away, socket_mode=False, clock=here.clock))
    assert "cannot be reached for 2 (Acme, Beta)" in found["installations"].words
    assert "install" not in found["installations"].words


async def test_a_clock_that_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'new.db'}")
        assert by_name(await examine(settings))["clock"].ok
        monkeypatch.setattr(slack, "CLOCKS_APART", timedelta(seconds=-1))
        found = by_name(await examine(settings))
    assert "let the machine keep time" in found["clock"].words
