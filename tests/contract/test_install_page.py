"""docs/install.md against the code: the addresses, the settings, and a manifest that fits."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from bot.config import Settings, variable
from bot.ops.install import INSTALL, REDIRECT
from bot.ops.web import SLACK_PATH
from bot.sandbox.manifest import Manifest
from bot.shipped import MANIFEST

PAGE = (Path(__file__).resolve().parents[2] / "docs/install.md").read_text("utf-8")


@pytest.fixture(scope="module")
def part() -> dict[str, Any]:
    """What the page puts into the manifest instead of what stands there."""
    (written,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    loaded: dict[str, Any] = yaml.safe_load(written)
    return loaded


def paths(part: dict[str, Any]) -> set[str]:
    settings, command = part["settings"], part["features"]["slash_commands"][0]
    urls = [
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        command["url"],
    ]
    return {urlsplit(url).path for url in urls}


def test_slack_is_sent_where_it_is_heard(part: dict[str, Any]) -> None:
    assert paths(part) == {SLACK_PATH}
    assert [urlsplit(url).path for url in part["oauth_config"]["redirect_urls"]] == [REDIRECT]
    assert f"https://lantern.example.com{INSTALL}" in PAGE


def test_it_replaces_only_what_the_manifest_has(part: dict[str, Any]) -> None:
    whole = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert set(part["settings"]) <= set(whole["settings"])
    assert part["settings"]["interactivity"]["is_enabled"]
    assert not part["settings"]["socket_mode_enabled"]
    assert not part["settings"]["token_rotation_enabled"]
    names = [each["command"] for each in part["features"]["slash_commands"]]
    assert names == [each.name for each in Manifest.parse(whole).commands]


def test_every_setting_that_it_names_is_one() -> None:
    named = set(re.findall(r"\b((?:SLACK|LANTERN)_[A-Z_]+)\b", PAGE))
    known = {variable(name) for name in Settings.model_fields}
    assert named <= known
    assert {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "LANTERN_PUBLIC_URL"} <= named
