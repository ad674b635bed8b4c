"""Tables: a request, the offers made of it, and the match that came out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Kind, Reason
from bot.domain.states import OfferState, RequestState
from bot.store.base import id_field, link
from bot.store.columns import Moment, Sealed, SealedJSON, checked

_LENGTHS = "length_minutes IN (15, 30, 45, 60)"


class Request(SQLModel, table=True):
    """Someone asks for a session now. The words are sealed; what matching needs is not."""

    __table_args__ = (CheckConstraint(_LENGTHS, name="length"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    mentee_id: int = link("person.id")
    kind: Kind = Field(sa_type=checked(Kind, "kind"))
    is_taster: bool = False
    state: RequestState = Field(sa_type=checked(RequestState, "state"), index=True)
    topic: str | None = Field(default=None, sa_type=Sealed)
    hoped_for: str | None = Field(default=None, sa_type=Sealed)  # what they want to leave with
    questions: list[str] | None = Field(default=None, sa_type=SealedJSON)
    reason: Reason | None = Field(default=None, sa_type=checked(Reason, "reason"))
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    formats: list[str] = Field(default_factory=list, sa_type=JSON)
    windows: list[str] = Field(default_factory=list, sa_type=JSON)
    length_minutes: int = 30
    created_at: datetime = Field(sa_type=Moment)
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class Offer(SQLModel, table=True):
    """A request put to one mentor. The partial index lets only one be live at a time."""

    __table_args__ = (
        UniqueConstraint("request_id", "mentor_id"),
        Index(
            "uq_offer_live",
            "request_id",
            unique=True,
            sqlite_where=text("state IN ('pending', 'accepted')"),
            postgresql_where=text("state IN ('pending', 'accepted')"),
        ),
    )

    id: int = id_field()
    request_id: int = link("request.id")
    mentor_id: int = link("person.id")
    state: OfferState = Field(sa_type=checked(OfferState, "state"))
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # key and facts
    suitability: int = 0
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class Place(SQLModel, table=True):
    """One of a mentor's places in a month, taken by a live offer or by the session of a match.

    The unique key is what keeps two simultaneous requests from filling the same place; `month`
    is "2026-11" in the mentor's zone, or "taster" for someone who offered a single one.
    """

    __table_args__ = (UniqueConstraint("programme_id", "mentor_id", "month", "number"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    mentor_id: int = link("person.id")
    month: str
    number: int
    offer_id: int | None = link("offer.id", null=True)
    match_id: int | None = link("match.id", null=True)  # of a round


class Match(SQLModel, table=True):
    """A mentor and a mentee put together, with the reasons: by a request or by a round."""

    id: int = id_field()
    request_id: int | None = link("request.id", null=True, index=False)
    round_id: int | None = link("round.id", null=True)
    mentor_id: int = link("person.id")
    mentee_id: int = link("person.id")
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(sa_type=Moment)

    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint("(request_id IS NULL) <> (round_id IS NULL)", name="one_origin"),
    )
