"""Tables: programmes, who leads and who takes part in them."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Every, Shape
from bot.store.base import id_field, link, some_rows
from bot.store.columns import Moment, SealedJSON, checked


class Programme(SQLModel, table=True):
    """A standing offer with its rules, bound to a channel. Each workspace has one without."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel"),
        CheckConstraint("retention_days > 0", name="retention_positive"),
        CheckConstraint("length_minutes IN (15, 30, 45, 60)", name="length"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday_range"),
        CheckConstraint("month_day BETWEEN 1 AND 31", name="month_day_range"),
        CheckConstraint("opens_at < closes_at", name="opens_before_closing"),
        some_rows("uq_programme_open", "workspace_id", unique=True, where="channel IS NULL"),
    )

    id: int = id_field()
    workspace_id: int = link("workspace.id")
    name: str
    channel: str | None = None
    announcement: str = ""  # the lead's own words in the channel
    contacts: str = ""  # whom to turn to with what is not for a bot (1.8)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)  # what may be asked for here
    shape: Shape = Field(default=Shape.PAIRS, sa_type=checked(Shape, "shape"))
    round_kind: Kind = Field(default=Kind.FLASH, sa_type=checked(Kind, "round_kind"))
    every: Every = Field(default=Every.NONE, sa_type=checked(Every, "every"))
    weekday: int = 1  # Monday is 0
    month_day: int = 1
    runs_at: time = time(10)  # local, in `zone`
    zone: str = "UTC"
    starts_on: date | None = None  # the anchor of every second and fourth week
    open_board: bool = False  # a request that nobody took up is shown in the channel (1.6)
    is_opt_in: bool = False  # only who says so takes part in a round
    approval: Approval = Field(default=Approval.LEAD, sa_type=checked(Approval, "approval"))
    length_minutes: int = 30
    capacity: int = 1  # what somebody who joins is offered to begin with, a month
    must_differ: list[str] = Field(default_factory=list, sa_type=JSON)  # matching.people.Differ
    must_share: list[str] = Field(default_factory=list, sa_type=JSON)  # matching.people.Share
    repeat_window: int = 4  # rounds within which nobody meets the same person again
    weights: dict[str, int] = Field(default_factory=dict, sa_type=JSON)  # empty: the usual ones
    with_trios: bool = True  # among peers, for who is left over
    country: str = ""  # ISO 3166, for its public holidays
    opens_at: time = time(9)  # local to each person: when its messages may arrive
    closes_at: time = time(17)
    retention_days: int = 90  # how long content is kept after a session is closed
    leads_channel: str | None = None  # the conversation of its leads, once opened
    archived_at: datetime | None = Field(default=None, sa_type=Moment)  # its channel was archived
    created_at: datetime = Field(sa_type=Moment)


class Lead(SQLModel, table=True):
    """A person who may configure a programme and review its matches."""

    __table_args__ = (UniqueConstraint("programme_id", "person_id"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    person_id: int = link("person.id")
    made_at: datetime = Field(sa_type=Moment)


class ProgrammeDraft(SQLModel, table=True):
    """What a lead filled in, kept from the form to the preview to the yes."""

    __tablename__ = "programme_draft"

    id: int = id_field()
    workspace_id: int = link("workspace.id")
    channel: str
    by_id: int = link("person.id")
    form: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    made_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Enrolment(SQLModel, table=True):
    """A person in a programme in one role: what they offer or seek, and how much of it."""

    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", "role"),
        CheckConstraint("capacity BETWEEN 0 AND 31", name="capacity_range"),
        CheckConstraint("waiting >= 0", name="waiting_counts"),
    )

    id: int = id_field()
    programme_id: int = link("programme.id")
    person_id: int = link("person.id")
    role: Role = Field(sa_type=checked(Role, "role"))
    # Keys of data/topics.yml: what a mentor offers, or what a mentee seeks, the dearest first.
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    topics: str = ""  # in their own words, shown to whoever is paired with them
    capacity: int = 1  # a mentor's sessions a calendar month, a mentee's a round
    taster_only: bool = False  # one taster in all, to try the role
    formats: list[str] = Field(default_factory=list, sa_type=JSON)
    windows: list[str] = Field(default_factory=list, sa_type=JSON)
    waiting: int = 0  # rounds in a row in which nobody was found for them
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class PeopleImport(SQLModel, table=True):
    """A lead's list of people on its way in: read, shown, then taken over or thrown away."""

    __tablename__ = "people_import"

    id: int = id_field()
    programme_id: int = link("programme.id")
    by_id: int = link("person.id")
    file: str  # Slack's id of the uploaded file
    rows: list[Any] | None = Field(default=None, sa_type=SealedJSON)  # until it is settled
    problems: list[Any] | None = Field(default=None, sa_type=SealedJSON)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    failure: str | None = None  # a RuleBroken key: why the file could not be read at all
    made_at: datetime = Field(sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    discarded_at: datetime | None = Field(default=None, sa_type=Moment)
