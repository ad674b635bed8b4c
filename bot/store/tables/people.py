"""Tables: the workspace and its people."""

from datetime import datetime, time

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.base import id_field, link
from bot.store.columns import Moment


class Workspace(SQLModel, table=True):
    """One Slack team that installed Lantern."""

    id: int = id_field()
    slack_team_id: str = Field(unique=True)
    name: str = ""
    enterprise_id: str = ""  # of the organisation it belongs to, if any
    created_at: datetime = Field(sa_type=Moment)


class Person(SQLModel, table=True):
    """One Slack user in a workspace, as Lantern knows them. The key is the id, never the name."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        CheckConstraint("seniority BETWEEN 1 AND 6", name="seniority_range"),
    )

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
    is_admin: bool = False  # of the workspace; may do what leads may
    opens_at: time = time(9)  # local; when the working day begins and ends
    closes_at: time = time(17)
    hours_are_own: bool = False  # said in their profile, not taken from a programme
    away_until: datetime | None = Field(default=None, sa_type=Moment)  # on leave, says their status
    department: str = ""
    seniority: int | None = None  # one of domain.programmes.LEVELS
    languages: list[str] = Field(default_factory=list, sa_type=JSON)  # ISO 639 codes
    location: str = ""
    country: str = ""  # ISO 3166; its public holidays are their days off
    manager_id: int | None = link("person.id", null=True)
    windows: list[str] = Field(default_factory=list, sa_type=JSON)  # when they are usually free
    booking_url: str = ""  # where a mentor's calendar can be booked
    silences: int = 0  # "did it happen?" left unanswered, one after the other
    dm_channel: str | None = None
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    paused_until: datetime | None = Field(default=None, sa_type=Moment)  # None: until they say so
    refreshed_at: datetime = Field(sa_type=Moment)  # when Slack was last asked about them
    # Since when the row says nothing of anybody; counts refer to it (`services.forgetting`).
    forgotten_at: datetime | None = Field(default=None, sa_type=Moment)

    def is_paused(self, now: datetime) -> bool:
        """Whether they asked for quiet at `now` (UTC)."""
        return self.paused_at is not None and (self.paused_until is None or now < self.paused_until)

    def is_away(self, now: datetime) -> bool:
        """Whether their Slack status says at `now` (UTC) that they are on leave."""
        return self.away_until is not None and now < self.away_until


class Apart(SQLModel, table=True):
    """Somebody would rather not be matched with somebody. Known to the first of the two alone."""

    __table_args__ = (UniqueConstraint("person_id", "other_id"),)

    id: int = id_field()
    person_id: int = link("person.id")
    other_id: int = link("person.id")
    made_at: datetime = Field(sa_type=Moment)
