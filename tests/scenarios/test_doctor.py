"""The doctor says what is wrong and what to do, one line a thing."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.ops.doctor import Finding, examine
from bot.store.crypto import new_key
from tests.support.company import Company, company, settings_for


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
        settings = settings_for(acme.server, "sqlite://", "")
        found = by_name(await examine(with_(settings, templates_dir=folder)))
    assert not found["templates"].ok
    assert "messages/help.xml" in found["templates"].words


async def test_a_new_installation(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'new.db'}")
        found = by_name(await examine(settings))
    assert found["database"].ok
    assert found["keys"].words == "nothing is encrypted yet."
