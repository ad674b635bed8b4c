"""The scopes that manifest.yml asks for."""

import yaml

from bot.shipped import MANIFEST


def manifest_scopes() -> frozenset[str]:
    """Of the bot; read anew each time."""
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])
