"""Tables: the conversation of one match, and what belongs to it. What the pair wrote is sealed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Format, Kind, Outcome
from bot.domain.states import ActionState, SessionState
from bot.store.base import id_field, link
from bot.store.columns import Moment, Sealed, SealedJSON, checked


class Session(SQLModel, table=True):
    """The conversation of one match, from "matched" to "closed"."""

    __table_args__ = (
        UniqueConstraint("match_id"),
        CheckConstraint("length_minutes IN (15, 30, 45, 60)", name="length"),
        CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        CheckConstraint(
            "state <> 'scheduled' OR starts_at IS NOT NULL", name="time_when_scheduled"
        ),
    )

    id: int = id_field()
    programme_id: int = link("programme.id")
    match_id: int = link("match.id", index=False)
    mentor_id: int = link("person.id")
    mentee_id: int = link("person.id")
    third_id: int | None = link("person.id", null=True)  # of a trio; learns beside the mentee
    kind: Kind = Field(sa_type=checked(Kind, "kind"))
    is_taster: bool = False
    state: SessionState = Field(sa_type=checked(SessionState, "state"), index=True)
    length_minutes: int = 30
    format: Format | None = Field(default=None, sa_type=checked(Format, "format"))
    place: str | None = Field(default=None, sa_type=Sealed)  # a link, a room, a café
    starts_at: datetime | None = Field(default=None, sa_type=Moment)
    time_set_by_id: int | None = link("person.id", null=True, index=False)
    plan: int = 0  # counts every time agreed on; jobs of an older plan no longer hold
    reschedules: int = 0
    slots: list[str] = Field(default_factory=list, sa_type=JSON)  # proposed starts, ISO, UTC
    calendar_sequence: int = 0  # of its calendar file; every change is one more
    relationship_id: int | None = link("relationship.id", null=True)
    group_channel: str | None = None
    matched_at: datetime = Field(sa_type=Moment)
    held_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    cancelled_by_id: int | None = link("person.id", null=True)
    cancel_reason: str | None = Field(default=None, sa_type=Sealed)
    erased_at: datetime | None = Field(default=None, sa_type=Moment)


class Tick(SQLModel, table=True):
    """One ticked line of someone's checklist; no row means not ticked."""

    __table_args__ = (UniqueConstraint("session_id", "person_id", "item"),)

    id: int = id_field()
    session_id: int = link("session.id")
    person_id: int = link("person.id")
    item: str  # the key in the guide
    ticked_at: datetime = Field(sa_type=Moment)


class SlotTick(SQLModel, table=True):
    """A proposed start that suits somebody, for one plan of the session."""

    __tablename__ = "slot_tick"
    __table_args__ = (UniqueConstraint("session_id", "plan", "person_id", "starts_at"),)

    id: int = id_field()
    session_id: int = link("session.id")
    plan: int
    person_id: int = link("person.id")
    starts_at: datetime = Field(sa_type=Moment)


class Agenda(SQLModel, table=True):
    """What the mentee wants to talk about; the mentor sees it before the session."""

    id: int = id_field()
    session_id: int = link("session.id", index=False)
    content: dict[str, Any] | None = Field(default=None, sa_type=SealedJSON)
    version: int = 1
    written_at: datetime = Field(sa_type=Moment)
    points: list[str] | None = Field(default=None, sa_type=SealedJSON)  # added by the mentor
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_version: int | None = None  # the one that the mentor found good as it is

    __table_args__ = (UniqueConstraint("session_id"),)


class Answer(SQLModel, table=True):
    """One person's answer to "did it happen?", for one plan of the session. Both are kept."""

    __table_args__ = (UniqueConstraint("session_id", "plan", "person_id"),)

    id: int = id_field()
    session_id: int = link("session.id")
    plan: int
    person_id: int = link("person.id")
    outcome: Outcome = Field(sa_type=checked(Outcome, "outcome"))
    answered_at: datetime = Field(sa_type=Moment)


class ActionItem(SQLModel, table=True):
    """A next step with an owner and a date, agreed at the end."""

    __tablename__ = "action_item"

    id: int = id_field()
    session_id: int = link("session.id")
    owner_id: int = link("person.id")
    author_id: int = link("person.id")
    text: str | None = Field(default=None, sa_type=Sealed)
    due_on: date
    state: ActionState = Field(sa_type=checked(ActionState, "state"))
    made_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class ThankYou(SQLModel, table=True):
    """One half of the thanks: from the mentee how it helped, from the mentor what they gained."""

    __tablename__ = "thank_you"
    __table_args__ = (UniqueConstraint("session_id", "from_id"),)

    id: int = id_field()
    session_id: int = link("session.id")
    from_id: int = link("person.id")
    text: str | None = Field(default=None, sa_type=Sealed)
    sent_at: datetime = Field(sa_type=Moment)
    may_show: bool = False  # its author would have it shown in the channel
    agreed_at: datetime | None = Field(default=None, sa_type=Moment)  # and so would who got it


class Feedback(SQLModel, table=True):
    """What one of them tells the programme in private: a rating, and a sentence."""

    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_range"),
    )

    id: int = id_field()
    session_id: int = link("session.id")
    person_id: int = link("person.id")
    rating: int
    text: str | None = Field(default=None, sa_type=Sealed)
    given_at: datetime = Field(sa_type=Moment)


class GoOn(SQLModel, table=True):
    """One person's answer to "would you go on?". Nobody is shown it but where both agree."""

    __tablename__ = "go_on"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: int = id_field()
    session_id: int = link("session.id")
    person_id: int = link("person.id")
    wishes: list[str] | None = Field(default=None, sa_type=SealedJSON)  # domain.kinds.Wish
    answered_at: datetime = Field(sa_type=Moment)
    revealed_at: datetime | None = Field(default=None, sa_type=Moment)
