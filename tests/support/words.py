"""Templates that say their name and the few facts a test looks at."""

from gettext import NullTranslations
from typing import Any

from bot.slack.message import Message
from bot.slack.names import Names

SHOWN = ("note", "sentence", "snoozed_until")


class PlainWords:
    """Says "offer_reminder", or "request_news note=waiting"; with `state`, the subject's too."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.translations = NullTranslations()
        self.terms = Names("en")

    def to(self, *locales: str) -> "PlainWords":
        return self

    def every(self) -> list["PlainWords"]:
        return [self]

    def message(self, name: str, /, **facts: Any) -> Message:
        if self.fault is not None:
            raise self.fault
        shown = [f"{key}={facts[key]}" for key in SHOWN if facts.get(key) is not None]
        for subject in ("offer", "session", "action", "request"):
            if subject in facts:
                shown.append(f"state={facts[subject].state}")
                break
        text = " ".join([name, *shown])
        return Message(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}])

    def sentence(self, key: str, /, **facts: Any) -> str:
        return f"<{key}>"
