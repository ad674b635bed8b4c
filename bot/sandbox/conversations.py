"""Channels, direct messages and group direct messages, with what was said in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """A channel to make at the start; `members` and `creator` are handles."""

    name: str
    members: Sequence[str] = ()
    creator: str = ""
    private: bool = False
    with_app: bool = False
    purpose: str = ""


@dataclass(eq=False, slots=True)
class Message:
    """One message; `only_for` is the user id of an ephemeral's reader, empty for all others.

    `posted` is the order number it came with, `order` that of its last change.
    """

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] | None = None
    subtype: str = ""
    thread_ts: str = ""
    bot_id: str = ""
    app_id: str = ""
    only_for: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    reactions: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    order: int = 0
    posted: int = 0
    mrkdwn: bool = True

    def as_api(self, *, with_metadata: bool = False) -> Json:
        """The message object, as history and payloads carry it."""
        found: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        for key in ("subtype", "bot_id", "app_id", "client_msg_id", "thread_ts"):
            if value := getattr(self, key):
                found[key] = value
        for key in ("blocks", "edited", "files", "reactions", "attachments"):
            if value := getattr(self, key):
                found[key] = value
        if with_metadata and self.metadata:
            found["metadata"] = self.metadata
        return found


@dataclass(eq=False, slots=True)
class Conversation:
    """`kind` is channel, im or mpim; `read` holds the last order number each member has seen."""

    id: str
    kind: str
    name: str = ""
    members: list[str] = field(default_factory=list)
    creator: str = ""
    private: bool = False
    archived: bool = False
    purpose: str = ""
    created: int = 0
    messages: list[Message] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)

    @property
    def scope_word(self) -> str:
        """The first word of the scopes that guard this conversation: channels, groups, im, mpim."""
        if self.kind == "channel":
            return "groups" if self.private else "channels"
        return self.kind

    @property
    def channel_type(self) -> str:
        """The word events use: channel, group, im, mpim."""
        if self.kind == "channel":
            return "group" if self.private else "channel"
        return self.kind

    def visible_to(self, user_id: str) -> list[Message]:
        """What this member may see, oldest first, other people's ephemerals left out."""
        if user_id not in self.members:
            return []
        return [m for m in self.messages if m.only_for in ("", user_id)]

    def find(self, ts: str) -> Message | None:
        """The message with this ts, ephemerals included."""
        return next((m for m in self.messages if m.ts == ts), None)

    def said(self) -> list[Message]:
        """Everything but ephemerals, oldest first: what history knows."""
        return [m for m in self.messages if not m.only_for]

    def as_api(self, viewer: str) -> Json:
        """The conversation object of conversations.info, as `viewer` (a user id) gets it."""
        found: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_channel": self.kind == "channel" and not self.private,
            "is_group": self.kind == "channel" and self.private,
            "is_private": self.private or self.kind != "channel",
            "is_member": viewer in self.members,
        }
        if self.kind == "im":
            found["user"] = next((m for m in self.members if m != viewer), viewer)
            return found
        return found | {
            "name": self.name,
            "name_normalized": self.name,
            "creator": self.creator,
            "num_members": len(self.members),
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": self.creator, "last_set": 0},
        }
