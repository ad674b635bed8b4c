"""Tables: what grows from a session: keeping in touch, and a formal relationship."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.programmes import Every
from bot.domain.states import RelationshipState
from bot.store.base import id_field, link, some_rows
from bot.store.columns import Moment, Sealed, SealedJSON, checked


class Tie(SQLModel, table=True):
    """Two former partners who keep in touch: one spot session a quarter, if both feel like it."""

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        some_rows("uq_tie_live", "first_id", "second_id", unique=True, where="stopped_at IS NULL"),
    )

    id: int = id_field()
    programme_id: int = link("programme.id")
    first_id: int = link("person.id")
    second_id: int = link("person.id")
    mentor_id: int = link("person.id")  # whoever was it last
    quarters: int = 0  # prompts so far
    started_at: datetime = Field(sa_type=Moment)
    stopped_at: datetime | None = Field(default=None, sa_type=Moment)  # the other is not told
    stopped_by_id: int | None = link("person.id", null=True, index=False)  # nobody: both did


class TieReply(SQLModel, table=True):
    """What one of them answered to a quarter's prompt."""

    __tablename__ = "tie_reply"
    __table_args__ = (UniqueConstraint("tie_id", "quarter", "person_id"),)

    id: int = id_field()
    tie_id: int = link("tie.id")
    quarter: int
    person_id: int = link("person.id")
    wants: bool
    answered_at: datetime = Field(sa_type=Moment)


class Relationship(SQLModel, table=True):
    """Two people who go on formally, by an agreement both signed."""

    __table_args__ = (
        CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        some_rows(
            "uq_relationship_live",
            "mentor_id",
            "mentee_id",
            unique=True,
            where="state IN ('drafting', 'active')",
        ),
    )

    id: int = id_field()
    programme_id: int = link("programme.id")
    mentor_id: int = link("person.id")
    mentee_id: int = link("person.id")
    area: str = ""  # a key of data/topics.yml
    series: str = ""  # a key of data/series/, or "programme" for the programme's own
    series_on: date | None = None  # the day the pair began it
    state: RelationshipState = Field(sa_type=checked(RelationshipState, "state"), index=True)
    version: int = 0  # of the agreement in force
    group_channel: str | None = None
    asked_by_id: int | None = link("person.id", null=True, index=False)  # nobody: both wished it
    began_at: datetime = Field(sa_type=Moment)
    fresh_at: datetime | None = Field(default=None, sa_type=Moment)  # they began afresh
    started_on: date | None = None  # when both had signed the first version
    ends_on: date | None = None
    review_on: date | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by_id: int | None = link("person.id", null=True)  # nobody: its time was over
    gained: dict[str, Any] | None = Field(default=None, sa_type=SealedJSON)  # by person id
    erased_at: datetime | None = Field(default=None, sa_type=Moment)


class Agreement(SQLModel, table=True):
    """One version of what two people agreed. It holds when both have signed it."""

    __table_args__ = (
        UniqueConstraint("relationship_id", "version"),
        CheckConstraint("length_minutes IN (15, 30, 45, 60)", name="length"),
        CheckConstraint("months BETWEEN 1 AND 12", name="months_range"),
    )

    id: int = id_field()
    relationship_id: int = link("relationship.id")
    version: int
    content: dict[str, Any] | None = Field(default=None, sa_type=SealedJSON)
    every: Every = Field(sa_type=checked(Every, "every"))
    length_minutes: int = 60
    months: int = 6
    agenda_ahead: bool = True
    by_id: int = link("person.id")
    made_at: datetime = Field(sa_type=Moment)
    mentor_signed_at: datetime | None = Field(default=None, sa_type=Moment)
    mentee_signed_at: datetime | None = Field(default=None, sa_type=Moment)


class TaskDone(SQLModel, table=True):
    """What became of a task of a relationship's series: ticked by the mentee, noted, or both."""

    __tablename__ = "task_done"
    __table_args__ = (UniqueConstraint("relationship_id", "task"),)

    id: int = id_field()
    relationship_id: int = link("relationship.id")
    task: str  # its key in the series
    title: str = ""  # what it said when it was last touched: the series may change since
    note: str | None = Field(default=None, sa_type=Sealed)
    is_shared: bool = False  # whether the mentor may read the note
    done_at: datetime | None = Field(default=None, sa_type=Moment)  # None: only noted


class ProgrammeSeries(SQLModel, table=True):
    """A programme's own series of tasks, edited by its leads."""

    __tablename__ = "programme_series"
    __table_args__ = (UniqueConstraint("programme_id"),)

    id: int = id_field()
    programme_id: int = link("programme.id", index=False)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    by_id: int = link("person.id")
    edited_at: datetime = Field(sa_type=Moment)
