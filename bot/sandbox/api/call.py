"""One call of a Web API method: its arguments, and finding what they name."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.shapes import Json, SlackError

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TRUE = ("1", "true", True, 1)


@dataclass(slots=True)
class Call:
    """`args` are as they came: text from a query or form, anything from JSON."""

    ws: "Workspace"
    method: str
    args: Json
    link: Callable[[], str]
    basic: str = ""  # what came by HTTP Basic instead of a token

    def need(self, key: str) -> Any:
        """A required argument; raises invalid_arguments."""
        value = self.args.get(key)
        if value is None or value == "":
            message = f"[ERROR] missing required field: {key}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def text(self, key: str, default: str = "") -> str:
        """An optional argument as text."""
        value = self.args.get(key)
        return default if value is None else str(value)

    def flag(self, key: str) -> bool:
        """A yes or no, however it was written."""
        return self.args.get(key) in TRUE

    def number(self, key: str, default: int, most: int) -> int:
        """A whole number between 1 and `most`; raises invalid_limit."""
        value = self.args.get(key)
        if value is None or value == "":
            return default
        if not str(value).isdigit() or not 1 <= int(value) <= most:
            raise SlackError("invalid_limit" if key == "limit" else "invalid_arguments")
        return int(value)

    def words(self, key: str) -> list[str]:
        """A list that may come comma-separated, as JSON text, or as JSON."""
        value = self.args.get(key) or []
        if isinstance(value, str):
            value = json.loads(value) if value.startswith("[") else value.split(",")
        return [str(word).strip() for word in value if str(word).strip()]

    def user(self, key: str = "user") -> User:
        """The user an argument names; raises user_not_found."""
        found = self.ws.users.get(str(self.need(key)))
        if found is None:
            raise SlackError("user_not_found")
        return found

    def conversation(self, key: str = "channel") -> Conversation:
        """A conversation the app can see; raises channel_not_found."""
        found = self.ws.conversations.get(str(self.need(key)))
        if found is None or (not self.is_member(found) and found.private):
            raise SlackError("channel_not_found")
        return found

    def joined(self, key: str = "channel") -> Conversation:
        """A conversation the app is in; raises not_in_channel or is_archived."""
        found = self.conversation(key)
        if not self.is_member(found):
            raise SlackError("not_in_channel")
        return found

    def is_member(self, conversation: Conversation) -> bool:
        """Whether the app is in the conversation."""
        return self.ws.bot_user_id in conversation.members

    def need_read(self, conversation: Conversation) -> None:
        """The :read scope for this sort of conversation."""
        self.ws.need_scope(f"{conversation.scope_word}:read")

    def need_history(self, conversation: Conversation) -> None:
        """The :history scope for this sort of conversation."""
        self.ws.need_scope(f"{conversation.scope_word}:history")


Method = Callable[[Call], Json]


def page(
    items: list[Any], call: Call, default: int = 100, most: int = 1000
) -> tuple[list[Any], str]:
    """One page of a list and the cursor of the next, empty at the end; raises invalid_cursor."""
    limit, cursor = call.number("limit", default, most), call.text("cursor")
    start = 0
    if cursor:
        if not cursor.startswith("next:") or not cursor[5:].isdigit():
            raise SlackError("invalid_cursor")
        start = int(cursor[5:])
    end = start + limit
    return items[start:end], f"next:{end}" if end < len(items) else ""
