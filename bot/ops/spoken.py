"""The languages of an installation, by its settings."""

from bot.config import SettingProblem, Settings
from bot.slack.languages import Languages


def spoken(settings: Settings) -> Languages:
    """Those it has words in. Raises SettingProblem when the usual one is none of them."""
    languages = Languages(settings.templates_dir, usual=settings.language)
    if not languages.speaks(settings.language):
        raise SettingProblem(
            f"LANTERN_LANGUAGE names {settings.language!r}, which Lantern does not speak: choose "
            f"one of {', '.join(languages.known)}, or add its folder to data/locales."
        )
    return languages
