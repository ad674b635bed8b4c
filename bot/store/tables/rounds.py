"""Tables: a round of a programme's matching, its plan, and what the leads said about it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.kinds import Role
from bot.domain.programmes import Constraint
from bot.domain.states import RoundState
from bot.store.base import id_field, link
from bot.store.columns import BigId, Moment, checked


class Round(SQLModel, table=True):
    """One run of a programme's matching. `part` 0 is the round itself; 1, 2, … are late joiners."""

    __table_args__ = (UniqueConstraint("programme_id", "due_on", "part"),)

    id: int = id_field()
    programme_id: int = link("programme.id")
    due_on: date  # the date by the cadence: its name for ever, also if it runs a day later
    part: int = 0
    number: int  # counts the programme's rounds, from 1; parts share it
    runs_at: datetime = Field(sa_type=Moment)
    state: RoundState = Field(sa_type=checked(RoundState, "state"), index=True)
    seed: int = Field(default=0, sa_type=BigId)
    run: int = 0  # counts the plans made; a lead approves the one they saw
    totals: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # matching.results.Totals
    proof: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # matching.results.Proof
    gone: list[int] = Field(default_factory=list, sa_type=JSON)  # who left after the last plan
    lost: list[list[int]] = Field(default_factory=list, sa_type=JSON)  # pairs of the plan before
    meets_at: datetime | None = Field(default=None, sa_type=Moment)  # of a group flash
    place: str = ""  # the same; a room or a link
    made_at: datetime = Field(sa_type=Moment)
    planned_at: datetime | None = Field(default=None, sa_type=Moment)
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    approved_by_id: int | None = link("person.id", null=True)  # nobody: automatic
    opened_at: datetime | None = Field(default=None, sa_type=Moment)  # all were introduced


class RoundReply(SQLModel, table=True):
    """What somebody answered to the notice of a round: count me in, or skip this one."""

    __tablename__ = "round_reply"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: int = id_field()
    round_id: int = link("round.id")
    person_id: int = link("person.id")
    is_in: bool
    answered_at: datetime = Field(sa_type=Moment)


class RoundPair(SQLModel, table=True):
    """A pair, a trio or one seat at a table, in a round's present plan."""

    __tablename__ = "round_pair"
    __table_args__ = (
        UniqueConstraint("round_id", "mentee_id", "mentor_id", "turn"),
        CheckConstraint("mentor_id <> mentee_id", name="two_people"),
    )

    id: int = id_field()
    round_id: int = link("round.id")
    mentee_id: int = link("person.id")
    mentor_id: int = link("person.id")
    third_id: int | None = link("person.id", null=True)
    turn: int = 0  # of a group flash, from 1
    suitability: int = 0  # 0 to 1000
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    is_new: bool = False  # was not in the plan before
    is_out: bool = False  # one of them left after the plan was made
    match_id: int | None = link("match.id", null=True)


class RoundConstraint(SQLModel, table=True):
    """A lead locked or vetoed a pair; holds for every plan of this round."""

    __tablename__ = "round_constraint"
    __table_args__ = (UniqueConstraint("round_id", "mentee_id", "mentor_id"),)

    id: int = id_field()
    round_id: int = link("round.id")
    mentee_id: int = link("person.id")
    mentor_id: int = link("person.id")
    constraint: Constraint = Field(sa_type=checked(Constraint, "constraint"))
    by_id: int = link("person.id")
    made_at: datetime = Field(sa_type=Moment)


class RoundLeft(SQLModel, table=True):
    """Someone whom a round's plan leaves out, and the rule that removed the last candidate."""

    __tablename__ = "round_left"
    __table_args__ = (UniqueConstraint("round_id", "person_id", "role"),)

    id: int = id_field()
    round_id: int = link("round.id")
    person_id: int = link("person.id")
    role: Role = Field(sa_type=checked(Role, "role"))
    rule: str  # matching.reasons.Rule
    candidates: int = 0
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)  # left by each rule in turn
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
