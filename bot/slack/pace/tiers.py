"""How often Slack may be asked, method by method; the one place it is written.

Source: Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits) and each method's own page.
Limits hold per method, app and workspace. A tier promises "at least": Lantern takes no more than
that. For chat.postMessage Slack names one a second for each channel and "several hundred" a minute
for the workspace; we take three hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.domain.pace_book import MINUTE, Share

CHANNEL_GAP: Final = 1.2
"""Seconds between two messages in one channel: Slack says one, and the way there varies."""
POST: Final = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Tier:
    """The limit of a method, `a_minute`, in two parts.

    `kept` of it is for calls that somebody waits for; the rest is for what can wait. `early` is how
    many seconds' worth of the rest may go at once after a silence.
    """

    a_minute: int
    kept: int
    early: float

    @property
    def common(self) -> Share | None:
        """The part of what can wait; None where nothing is left for it."""
        rest = self.a_minute - self.kept
        return Share.of(rest, self.early) if rest >= 2 else None

    @property
    def for_people(self) -> Share | None:
        """The part of the calls that somebody waits for: half a minute's worth may go at once."""
        return Share.of(self.kept, MINUTE / 2) if self.kept >= 2 else None


_LISTS = Tier(20, 0, 20.0)
_THREES = Tier(50, 10, 10.0)
_FOURS = Tier(100, 25, 5.0)
_AT_ONCE = Tier(100, 100, 0.0)
_FILES = Tier(100, 0, 5.0)

TIERS: Final[Mapping[str, Tier]] = MappingProxyType(
    {
        # special: a ceiling for the workspace; spaced evenly, for a round needs all of it
        POST: Tier(300, 6, 0.0),
        # tier 4
        "auth.test": _AT_ONCE,  # Slack allows hundreds
        "chat.postEphemeral": _AT_ONCE,
        "conversations.members": _FILES,
        "files.completeUploadExternal": _FILES,
        "files.getUploadURLExternal": _FILES,
        "files.info": _FILES,
        "users.info": _FOURS,
        "views.open": _AT_ONCE,
        "views.publish": _AT_ONCE,
        "views.push": _AT_ONCE,
        "views.update": _AT_ONCE,
        # tier 3
        "chat.update": Tier(50, 0, 10.0),
        "conversations.history": Tier(50, 0, 10.0),
        "conversations.info": _THREES,
        "conversations.open": _THREES,
        "conversations.replies": Tier(50, 0, 10.0),
        "files.delete": Tier(50, 0, 10.0),
        # tier 2
        "users.list": _LISTS,
    }
)
"""The limit of every method that `Gateway` calls."""
