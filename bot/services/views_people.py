"""People in what reading gives, and why two of them were put together."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.hours import WorkingHours


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person as Lantern knows them."""

    id: int
    workspace_id: int
    slack_id: str
    name: str
    zone: str
    title: str = ""
    locale: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_admin: bool = False  # of the workspace
    is_away: bool = False  # on leave, says their status
    is_forgotten: bool = False  # at their own wish, or long after they left; nothing is known
    is_paused: bool = False
    paused_until: datetime | None = None
    dm_channel: str | None = None
    refreshed_at: datetime | None = None  # wall time at which Slack was last asked about them
    hours: WorkingHours = field(default_factory=lambda: WorkingHours(zone="UTC"))
    booking_url: str = ""  # where their calendar can be booked; https
    windows: tuple[str, ...] = ()  # when they are usually free, by their profile

    @property
    def first_name(self) -> str:
        if self.is_forgotten:
            return self.name
        return self.name.split()[0] if self.name.split() else self.name


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why two people were put together: a key for the template and what it may mention."""

    key: str
    facts: dict[str, Any]
