"""Trigger ids: three real seconds, one use, for one person."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.shapes import SlackError

LIVES_FOR = timedelta(seconds=3)


@dataclass(slots=True)
class Trigger:
    """`view_id` is the modal it was pulled in, if any."""

    user_id: str
    issued_at: datetime
    view_id: str = ""
    used: bool = False


class Triggers:
    """Issues trigger ids and takes them back, by the wall clock; `lives_for` is Slack's own."""

    def __init__(self, clock: Clock) -> None:
        self.lives_for = LIVES_FOR
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, user_id: str, view_id: str = "") -> str:
        """A new trigger id for what this person just did."""
        trigger_id = (
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        self._issued[trigger_id] = Trigger(user_id, self._clock.wall(), view_id)
        return trigger_id

    def use(self, trigger_id: object) -> Trigger:
        """Take it; raises invalid_, expired_ or exchanged_trigger_id as Slack does."""
        trigger = self._issued.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.wall() - trigger.issued_at > self.lives_for:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
