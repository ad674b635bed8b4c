"""Settings of an installation for the commands of an operator, with nothing of the environment."""

from typing import Any

from bot.config import Settings


def settings_with(database_url: str, *keys: str, **more: Any) -> Settings:
    """Every setting is given, so the environment has no say."""
    given = {
        "bot_token": "",
        "app_token": "",
        "signing_secret": "",
        "database_url": database_url,
        "secret_keys": ",".join(keys),
        "templates_dir": None,
        "health": "",
        **more,
    }
    return Settings.model_validate(given)
