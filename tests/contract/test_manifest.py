"""manifest.yml against the code: what it promises is handled, what is called is allowed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.handlers.events import SPOKEN, UNSPOKEN
from bot.handlers.registry import COMMANDS, SHORTCUTS
from bot.slack.ids import Command, Shortcut, Subcommand

ROOT = Path(__file__).resolve().parents[2]

SCOPES = {
    "apps_connections_open": None,  # the app token's own connections:write
    "auth_test": None,
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": ("im:history", "mpim:history"),
    "conversations_info": ("channels:read", "groups:read"),
    "conversations_members": ("channels:read", "groups:read"),
    "conversations_open": ("im:write", "mpim:write"),
    "conversations_replies": ("im:history", "mpim:history"),
    "files_completeUploadExternal": "files:write",
    "files_getUploadURLExternal": "files:write",
    "files_delete": "files:write",
    "files_info": "files:read",
    "users_info": "users:read",
    "users_list": ("users:read", "users:read.email"),
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}
"""Web API methods to the scopes they need for what Lantern does with them (Slack's reference)."""

EVENT_SCOPES = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_left": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_left": "groups:read",
    "group_unarchive": "groups:read",
    "message.im": "im:history",
    "tokens_revoked": None,
    "user_change": "users:read",
}
"""Events to the scope without which Slack does not send them (Slack's reference)."""


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    return loaded


def called() -> set[str]:
    """Every Web API method that the code calls on an SDK client."""
    folders = ("slack", "handlers", "ops", "scheduling")
    files = [file for folder in folders for file in (ROOT / "bot" / folder).rglob("*.py")]
    families = "apps|auth|chat|conversations|files|reactions|team|users|views"
    pattern = re.compile(rf"client\.((?:{families})_\w+)\(")
    texts = (file.read_text("utf-8") for file in [*files, ROOT / "bot/app.py"])
    return {method for text in texts for method in pattern.findall(text)}


def scopes_of(table: dict[str, Any], names: set[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        needed = table[name]
        found |= {needed} if isinstance(needed, str) else set(needed or ())
    return found


def test_commands(manifest: dict[str, Any]) -> None:
    commands = manifest["features"]["slash_commands"]
    assert {each["command"] for each in commands} == set(COMMANDS) == set(Command)
    for each in commands:
        assert each["should_escape"] is True
        assert len(each["description"]) <= 2000


def test_the_usage_hint_names_every_subcommand(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert re.findall(r"\w+", command["usage_hint"]) == [word.value for word in Subcommand]


def test_shortcuts(manifest: dict[str, Any]) -> None:
    shortcuts = manifest["features"]["shortcuts"]
    assert {each["callback_id"] for each in shortcuts} == set(SHORTCUTS) == set(Shortcut)
    for each in shortcuts:
        assert len(each["name"]) <= 24
        assert len(each["description"]) <= 150


def test_events(manifest: dict[str, Any]) -> None:
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    handled = {"message.im" if name == "message" else name for name in (*SPOKEN, *UNSPOKEN)}
    assert events == handled == set(EVENT_SCOPES)


def test_every_method_called_is_known_here() -> None:
    assert called() <= set(SCOPES)


def test_scopes_are_those_needed_and_no_more(manifest: dict[str, Any]) -> None:
    asked = manifest["oauth_config"]["scopes"]["bot"]
    needed = scopes_of(SCOPES, called()) | scopes_of(EVENT_SCOPES, set(EVENT_SCOPES))
    assert set(asked) == needed | {"commands"}
    assert asked == sorted(set(asked))


def test_every_scope_and_event_is_justified(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs/scopes.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    asked = manifest["oauth_config"]["scopes"]["bot"]
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(rows) == sorted([*asked, *events])


def test_people_can_answer_and_click(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["token_rotation_enabled"] is False


def test_slack_would_take_it(manifest: dict[str, Any]) -> None:
    display = manifest["display_information"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
