"""Tables: the workspace, its people, and what each of them offers."""

from datetime import datetime, time

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Role
from bot.store.base import id_field, link
from bot.store.columns import Moment, checked


class Workspace(SQLModel, table=True):
    """One Slack team that installed Lantern."""

    id: int = id_field()
    slack_team_id: str = Field(unique=True)
    name: str = ""
    bot_user_id: str = ""
    created_at: datetime = Field(sa_type=Moment)


class Person(SQLModel, table=True):
    """One Slack user in a workspace, as Lantern knows them. The key is the id, never the name."""

    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)

    id: int = id_field()
    workspace_id: int = link("workspace.id")
    slack_id: str
    name: str = ""
    title: str = ""
    zone: str = "UTC"  # IANA name; Slack may leave it out
    locale: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    opens_at: time = time(9)  # local; when the working day begins and ends
    closes_at: time = time(17)
    dm_channel: str | None = None
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    paused_until: datetime | None = Field(default=None, sa_type=Moment)  # None: until they say so
    refreshed_at: datetime = Field(sa_type=Moment)  # when Slack was last asked about them

    def is_paused(self, now: datetime) -> bool:
        """Whether they asked for quiet at `now` (UTC)."""
        return self.paused_at is not None and (self.paused_until is None or now < self.paused_until)


class Programme(SQLModel, table=True):
    """A standing offer with its rules. Each workspace has an open one, bound to no channel."""

    __table_args__ = (
        CheckConstraint("retention_days > 0", name="retention_positive"),
        Index(
            "uq_programme_open",
            "workspace_id",
            unique=True,
            sqlite_where=text("channel IS NULL"),
            postgresql_where=text("channel IS NULL"),
        ),
    )

    id: int = id_field()
    workspace_id: int = link("workspace.id")
    name: str
    channel: str | None = None
    retention_days: int = 90  # how long content is kept after a session is closed
    created_at: datetime = Field(sa_type=Moment)


class Enrolment(SQLModel, table=True):
    """A person in a programme as a mentor: what they offer and how much of it."""

    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", "role"),
        CheckConstraint("capacity BETWEEN 0 AND 31", name="capacity_range"),
    )

    id: int = id_field()
    programme_id: int = link("programme.id")
    person_id: int = link("person.id")
    role: Role = Field(sa_type=checked(Role, "role"))
    areas: list[str] = Field(default_factory=list, sa_type=JSON)  # keys of data/topics.yml
    topics: str = ""  # in their own words, shown to whoever is paired with them
    capacity: int = 1  # sessions a calendar month, in their own zone
    taster_only: bool = False  # one taster in all, to try the role
    formats: list[str] = Field(default_factory=list, sa_type=JSON)
    windows: list[str] = Field(default_factory=list, sa_type=JSON)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
