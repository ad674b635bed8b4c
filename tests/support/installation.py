"""Settings of an installation, with nothing of the environment."""

from typing import Any

from bot.config import Settings


def settings_with(database_url: str, *keys: str, **more: Any) -> Settings:
    """What is not given is as by default: every setting is named, so the environment has no say."""
    usual = {
        name: field.get_default(call_default_factory=True)
        for name, field in Settings.model_fields.items()
    }
    given = {"database_url": database_url, "secret_keys": ",".join(keys), **more}
    return Settings.model_validate(usual | given)
