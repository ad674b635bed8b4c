"""A finished message, ready to be sent."""

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]  # a JSON object as Slack's API takes it


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says: `text` for notifications and screen readers, `blocks` for the rest."""

    text: str
    blocks: list[Json]

    @property
    def exact(self) -> str:
        """All of it as one text: two messages that show the same have the same."""
        return json.dumps([self.text, self.blocks], sort_keys=True)
