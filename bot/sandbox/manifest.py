"""What the app's manifest promises: commands, shortcuts, scopes, events, Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.shapes import Json


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `escapes` is the manifest's should_escape."""

    name: str
    description: str = ""
    usage_hint: str = ""
    escapes: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`kind` is global or message."""

    callback_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest that the workspace lives by."""

    app_name: str
    bot_name: str
    description: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home_enabled: bool
    messages_enabled: bool
    messages_read_only: bool
    interactive: bool
    socket_mode: bool
    token_rotation: bool

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "Manifest":
        """From the parsed YAML; raises ValueError when it has no display_information.name."""
        name = _dig(raw, "display_information").get("name")
        if not name:
            raise ValueError("the manifest has no display_information.name")
        features, settings = _dig(raw, "features"), _dig(raw, "settings")
        home = _dig(features, "app_home")
        return cls(
            app_name=name,
            bot_name=_dig(features, "bot_user").get("display_name") or name,
            description=_dig(raw, "display_information").get("description", ""),
            commands=tuple(_command(c) for c in features.get("slash_commands") or ()),
            shortcuts=tuple(_shortcut(s) for s in features.get("shortcuts") or ()),
            scopes=frozenset(_dig(raw, "oauth_config", "scopes").get("bot") or ()),
            events=frozenset(_dig(settings, "event_subscriptions").get("bot_events") or ()),
            home_enabled=bool(home.get("home_tab_enabled")),
            messages_enabled=bool(home.get("messages_tab_enabled")),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
            interactive=bool(_dig(settings, "interactivity").get("is_enabled")),
            socket_mode=bool(settings.get("socket_mode_enabled")),
            token_rotation=bool(settings.get("token_rotation_enabled")),
        )

    def command(self, name: str) -> Command | None:
        """The command of this name (with its slash), or None."""
        return next((c for c in self.commands if c.name == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with this callback id, or None."""
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)


def _dig(raw: Mapping[str, Any], *keys: str) -> Json:
    found: Any = raw
    for key in keys:
        found = (found or {}).get(key)
    return dict(found or {})


def _command(raw: Json) -> Command:
    return Command(
        name=raw["command"],
        description=raw.get("description", ""),
        usage_hint=raw.get("usage_hint", ""),
        escapes=bool(raw.get("should_escape")),
    )


def _shortcut(raw: Json) -> Shortcut:
    return Shortcut(raw["callback_id"], str(raw.get("name") or raw["callback_id"]), raw["type"])
