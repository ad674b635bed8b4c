"""Table: everything Lantern does because of time, and every message it keeps true."""

from datetime import datetime

from sqlalchemy import Index, SmallInteger
from sqlmodel import Field, SQLModel

from bot.domain.job_kinds import JobKind
from bot.domain.ranks import Rank
from bot.domain.states import JobState
from bot.store.base import id_field, link, some_rows
from bot.store.columns import Moment, Sealed, checked


class Job(SQLModel, table=True):
    """One thing to do or say, once. A job that posts is the message: touched, it is said in place.

    `revision` counts what should be on the screen, `said_revision` what is. They differ while the
    job is pending; a job said before is updated where it stands (`slack_channel`, `slack_ts`), not
    posted twice.
    """

    __table_args__ = (
        some_rows("ix_job_waiting", "due_at", "id", where="state = 'pending'"),
        some_rows("ix_job_turn", "workspace_id", "rank", "due_at", "id", where="state = 'pending'"),
        Index("ix_job_said", "recipient_id", "said_at"),
    )

    id: int = id_field()
    kind: JobKind = Field(sa_type=checked(JobKind, "kind"))
    dedupe_key: str = Field(unique=True)
    workspace_id: int = link("workspace.id")
    recipient_id: int | None = link("person.id", null=True, index=False)
    request_id: int | None = link("request.id", null=True)
    offer_id: int | None = link("offer.id", null=True)
    session_id: int | None = link("session.id", null=True)
    action_id: int | None = link("action_item.id", null=True)
    draft_id: int | None = link("draft.id", null=True)
    programme_id: int | None = link("programme.id", null=True)
    round_id: int | None = link("round.id", null=True)
    referral_id: int | None = link("referral.id", null=True)
    tie_id: int | None = link("tie.id", null=True)
    relationship_id: int | None = link("relationship.id", null=True)
    import_id: int | None = link("people_import.id", null=True)
    plan: int | None = None  # of the session; a job of an older plan no longer holds
    note: str | None = None  # a key that chooses among a kind's wordings, never content
    rank: int = Field(default=Rank.NEWS, sa_type=SmallInteger)  # its place among what is due
    due_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    state: JobState = Field(sa_type=checked(JobState, "state"))
    revision: int = 1
    said_revision: int = 0
    attempts: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = Field(default=None, sa_type=Moment)  # wall time
    slack_channel: str | None = None
    slack_ts: str | None = None
    said_at: datetime | None = Field(default=None, sa_type=Moment)
    said_as: str | None = None  # the mark of the words that stand there, if it is sure
    snoozed_until: datetime | None = Field(default=None, sa_type=Moment)
    reason: str | None = None  # why it was skipped, moved or given up; a key or a code
    reference: str | None = None  # of what it follows from, as it stands in the log
    made_at: datetime = Field(sa_type=Moment)


class Draft(SQLModel, table=True):
    """Words sent in the DM while more than one thing was open, kept until it is said which."""

    id: int = id_field()
    person_id: int = link("person.id")
    text: str | None = Field(default=None, sa_type=Sealed)
    made_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Receipt(SQLModel, table=True):
    """An inbound thing that was dealt with: an event's id, a submitted modal's token."""

    key: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=Moment, index=True)


class PaceRow(SQLModel, table=True):
    """What has been given away of one Slack method in one workspace (see `domain.pace_book`).

    All in seconds, and neither due times nor wall time: the book runs by a time of its own.
    """

    __tablename__ = "pace"

    team_id: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    version: int
    free: float
    free_for_people: float
    paused_until: float
    paused_for: float
    ahead: float
