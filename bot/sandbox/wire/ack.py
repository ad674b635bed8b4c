"""What comes back from the app, or does not."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.sandbox.shapes import Json

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(slots=True)
class Envelope:
    """One thing to hand to the app, whichever way it travels."""

    kind: Kind
    payload: Json
    accepts_response: bool = False
    retry_num: int = 0
    retry_reason: str = ""

    @property
    def name(self) -> str:
        """A short name for the traffic: the event's type, the command, the interaction's type."""
        if self.kind == "events_api":
            return str(self.payload["event"]["type"])
        return str(self.payload.get("command") or self.payload.get("type"))


@dataclass(slots=True)
class Ack:
    """The app's yes, with the payload it carried (a JSON object; {} when empty)."""

    body: Json = field(default_factory=dict)


class NoAck(Exception):
    """No yes came: `reason` is timeout, connection_failed or http_error, in Slack's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Transport(Protocol):
    """A way to reach the app."""

    async def send(self, envelope: Envelope, within: float) -> Ack:
        """Hand it over and wait `within` real seconds for the ack; raises NoAck."""


def as_body(payload: Any) -> Json:
    """An ack's payload as an object; plain text becomes {"text": …}."""
    if isinstance(payload, dict):
        return payload
    return {"text": payload} if payload else {}
