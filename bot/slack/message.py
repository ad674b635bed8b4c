"""A finished message, ready to be sent."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]  # a JSON object as Slack's API takes it


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says: `text` for notifications and screen readers, `blocks` for the rest."""

    text: str
    blocks: list[Json]
