"""Channels, direct messages and group direct messages, with what was said in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

LINES = (
    "channel_join",
    "channel_leave",
    "channel_archive",
    "channel_unarchive",
    "channel_name",
)


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

    @property
    def is_line(self) -> bool:
        """Whether it is only a line about the channel, which nobody need read."""
        return self.subtype in LINES

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
    previous_names: list[str] = field(default_factory=list)

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

    def fresh_for(self, user_id: str) -> int:
        """How many messages came since this member last looked; lines and own ones left out."""
        read = self.read.get(user_id, 0)
        return sum(
            m.posted > read and m.user != user_id and not m.is_line
            for m in self.messages
            if m.only_for in ("", user_id)
        )

    def said(self) -> list[Message]:
        """Everything but ephemerals, oldest first: what history knows."""
        return [m for m in self.messages if not m.only_for]

    def thread_facts(self, message: Message) -> Json:
        """What Slack adds to a message that stands in a thread, or starts one."""
        if not message.thread_ts:
            return {}
        if message.thread_ts != message.ts:
            root = self.find(message.thread_ts)
            return {"parent_user_id": root.user} if root else {}
        replies = [m for m in self.said() if m.thread_ts == message.ts and m is not message]
        if not replies:
            return {}
        users = list(dict.fromkeys(m.user for m in replies))
        return {
            "reply_count": len(replies),
            "reply_users": users[:5],
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "is_locked": False,
        }

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
        shared = ("is_shared", "is_org_shared", "is_ext_shared", "is_pending_ext_shared")
        found |= {"is_general": False} | dict.fromkeys(shared, False)
        if self.kind == "im":
            found["user"] = next((m for m in self.members if m != viewer), viewer)
            return found
        return found | {
            "name": self.name,
            "name_normalized": self.name,
            "creator": self.creator,
            "previous_names": self.previous_names,
            "unlinked": 0,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": self.creator, "last_set": 0},
        }
