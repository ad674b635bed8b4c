"""What goes back to Slack at once, in the acknowledgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.message import Json, Message


@dataclass(frozen=True, slots=True)
class Answer:
    """A plain acknowledgement: heard, and nothing to say."""

    def ack(self) -> Json:
        """The arguments of Bolt's `ack()`."""
        return {}


@dataclass(frozen=True, slots=True)
class Reply(Answer):
    """An answer to a command, seen by whoever typed it and by nobody else."""

    message: Message

    def ack(self) -> Json:
        return {
            "text": self.message.text,
            "blocks": self.message.blocks,
            "response_type": "ephemeral",
            "unfurl_links": False,
            "unfurl_media": False,
        }


@dataclass(frozen=True, slots=True)
class FieldErrors(Answer):
    """The modal stays open, what was typed stays in it, and sentences appear at its fields."""

    errors: Mapping[str, str]

    def ack(self) -> Json:
        return {"response_action": "errors", "errors": dict(self.errors)}


@dataclass(frozen=True, slots=True)
class Redrawn(Answer):
    """The submitted modal shows something else instead of closing."""

    view: Json

    def ack(self) -> Json:
        return {"response_action": "update", "view": self.view}


@dataclass(frozen=True, slots=True)
class OnTop(Answer):
    """Another modal opens over the submitted one, which keeps what was typed and is one Back away.

    Slack stacks three at most.
    """

    view: Json

    def ack(self) -> Json:
        return {"response_action": "push", "view": self.view}


@dataclass(frozen=True, slots=True)
class AllClosed(Answer):
    """The whole stack of modals closes, not only the one on top."""

    def ack(self) -> Json:
        return {"response_action": "clear"}


@dataclass(frozen=True, slots=True)
class Unheard(Answer):
    """No acknowledgement: Slack delivers the event again, at once, after a minute, after five."""


def first_input(view: Mapping[str, Any]) -> str | None:
    """The block id of a view's first input: where an error about the whole is shown."""
    inputs = (block for block in view.get("blocks") or () if block.get("type") == "input")
    return next((str(block.get("block_id") or "") for block in inputs), None)


def has_input(view: Mapping[str, Any], block_id: str) -> bool:
    """Whether the view asks for something at this block."""
    return any(
        block.get("type") == "input" and block.get("block_id") == block_id
        for block in view.get("blocks") or ()
    )
