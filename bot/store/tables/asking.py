"""Tables: a request, the offers made of it, the match that came out, and who was named instead."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Kind, Reason, ReferralKind
from bot.domain.states import OfferState, ReferralState, RequestState
from bot.store.base import id_field, link, some_rows
from bot.store.columns import Moment, Sealed, SealedJSON, checked

_LENGTHS = "length_minutes IN (15, 30, 45, 60)"


class Request(SQLModel, table=True):
    """Someone asks for a session now. The words are sealed; what matching needs is not."""

    __table_args__ = (CheckConstraint(_LENGTHS, name="length"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    mentee_id: int = link("person.id")
    invited_id: int | None = link("person.id", null=True)  # asked by name: nobody else is
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
    not_again: list[int] = Field(default_factory=list, sa_type=JSON)  # called off with; not asked
    created_at: datetime = Field(sa_type=Moment)
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class Offer(SQLModel, table=True):
    """A request put to one mentor. The partial index lets only one be live at a time."""

    __table_args__ = (
        UniqueConstraint("request_id", "mentor_id"),
        some_rows(
            "uq_offer_live",
            "request_id",
            unique=True,
            where="state IN ('pending', 'proposed', 'accepted')",
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
    proposed_minutes: int | None = None  # "something shorter", by the mentor
    words: str | None = Field(default=None, sa_type=Sealed)  # the kind reason of a no


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
    relationship_id: int | None = link("relationship.id", null=True)
    tie_id: int | None = link("tie.id", null=True)
    mentor_id: int = link("person.id")
    mentee_id: int = link("person.id")
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(sa_type=Moment)

    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint(
            " + ".join(
                f"CASE WHEN {origin} IS NULL THEN 0 ELSE 1 END"
                for origin in ("request_id", "round_id", "relationship_id", "tie_id")
            )
            + " = 1",
            name="one_origin",
        ),
    )


class Referral(SQLModel, table=True):
    """Somebody names somebody else for a mentee: instead of themselves, or to be introduced."""

    __table_args__ = (
        UniqueConstraint("request_id", "to_id"),
        CheckConstraint("to_id <> for_id AND to_id <> from_id", name="somebody_else"),
    )

    id: int = id_field()
    workspace_id: int = link("workspace.id")
    kind: ReferralKind = Field(sa_type=checked(ReferralKind, "kind"))
    request_id: int | None = link("request.id", null=True, index=False)
    session_id: int | None = link("session.id", null=True)
    from_id: int = link("person.id")  # the mentor who names them
    to_id: int = link("person.id")
    for_id: int = link("person.id")  # the mentee
    words: str | None = Field(default=None, sa_type=Sealed)  # why, to both
    state: ReferralState = Field(sa_type=checked(ReferralState, "state"))
    channel: str | None = None  # of the three, once introduced
    made_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class Tally(SQLModel, table=True):
    """A count without a name, such as of matters that are not for a bot."""

    __table_args__ = (UniqueConstraint("programme_id", "what", "month_on"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    what: str
    month_on: date  # the first of the month
    count: int = 0
