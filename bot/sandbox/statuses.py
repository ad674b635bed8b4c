"""Statuses that end by themselves, by the workspace's own clock."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.clock import Alarm

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.workspace import Workspace


class Statuses:
    """Clears what a profile says when its time is over (user_change), as Slack does."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    async def next_alarm(self, after: datetime) -> Alarm | None:
        """When the next status ends, by the workspace's clock."""
        ends = [at for at in map(_end, self._workspace.users.values()) if at and at > after]
        return Alarm(min(ends), "a status ends") if ends else None

    async def wake(self) -> None:
        """Clear those that are over."""
        now = self._workspace.clock.now()
        for user in list(self._workspace.users.values()):
            end = _end(user)
            if end and end <= now:
                self._workspace.set_status(user.id, "")


def _end(user: "User") -> datetime | None:
    return datetime.fromtimestamp(user.status_expiration, UTC) if user.status_expiration else None
