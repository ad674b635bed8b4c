"""What a message in Lantern's own DM is: words, an edit, a file, or nothing to answer. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final


class Sort(Enum):
    """What to do with a message."""

    WORDS = auto()  # read them
    EDIT = auto()  # an earlier message was changed: edits are not read
    FILE = auto()  # something that is not words
    NOISE = auto()  # our own, another bot's, or Slack's


@dataclass(frozen=True, slots=True)
class Said:
    """A message: its sort, who said it, the words (as Slack escaped them), the thread it is in."""

    sort: Sort
    user: str = ""
    text: str = ""
    thread_ts: str | None = None
    has_file: bool = False


NOISE: Final = Said(Sort.NOISE)
# Subtypes that still carry a person's own words.
_HUMAN: Final = frozenset({None, "file_share", "thread_broadcast", "me_message"})
_TOKEN = re.compile(r"<([@#!]?)([^<>|\s][^<>|]*)(?:\|([^<>]*))?>")


def read(event: Mapping[str, Any], bot_user_id: str) -> Said:
    """Sort a `message` event. Only a DM with Lantern is read, whatever the app is subscribed to."""
    if event.get("channel_type", "im") != "im":
        return NOISE
    if event.get("subtype") == "message_changed":
        return _read_change(event, bot_user_id)
    user = str(event.get("user") or "")
    subtype = event.get("subtype")
    if not user or user == bot_user_id or event.get("bot_id") or subtype not in _HUMAN:
        return NOISE
    text = str(event.get("text") or "")
    thread = event.get("thread_ts")
    files = bool(event.get("files"))
    sort = Sort.WORDS if text.strip() else Sort.FILE
    return Said(sort, user, text, str(thread) if thread else None, files)


def _read_change(event: Mapping[str, Any], bot_user_id: str) -> Said:
    """A person's edit; not our own updates, nor Slack's unfurling of a link."""
    now = event.get("message") or {}
    before = event.get("previous_message") or {}
    user = str(now.get("user") or "")
    ours = not user or user == bot_user_id or now.get("bot_id")
    if ours or not now.get("edited") or now.get("text") == before.get("text"):
        return NOISE
    return Said(Sort.EDIT, user)


def named(text: str) -> set[str]:
    """The Slack ids mentioned in escaped text without a name beside them."""
    return {inner for sign, inner, label in _TOKEN.findall(text) if sign == "@" and not label}


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """Slack's escaped text as its writer saw it: `@Ada`, `#team`, the link, and bare `& < >`.

    `names` gives the names of the people mentioned, by Slack id.
    """
    known = names or {}

    def readable(found: re.Match[str]) -> str:
        sign, inner, label = found.group(1), found.group(2), found.group(3)
        if sign == "@":
            return "@" + (label or known.get(inner, inner))
        if sign == "#":
            return "#" + (label or inner)
        if sign == "!":
            return label or "@" + inner.split("^")[0]
        address = inner.removeprefix("mailto:")
        # Slack links what looks like an address by itself: then the label is what was typed.
        return label if label and label in inner else f"{label} ({address})" if label else address

    seen = _TOKEN.sub(readable, text)
    # The three signs that Slack escapes, the ampersand last: "&amp;lt;" was typed as "&lt;".
    return seen.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
