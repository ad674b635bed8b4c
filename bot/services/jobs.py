"""Making job rows: from a key and its subjects, or from what the timeline planned."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.domain.timeline import Planned, plan_prefix
from bot.store.tables import Job, Person
from bot.store.work import Work


class Subject(TypedDict, total=False):
    """What a job is about, by row ids."""

    request_id: int
    offer_id: int
    session_id: int
    action_id: int
    draft_id: int
    programme_id: int
    round_id: int
    import_id: int
    referral_id: int
    tie_id: int
    relationship_id: int


def job(
    kind: JobKind,
    key: str,
    *,
    now: datetime,
    workspace_id: int,
    recipient_id: int | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    plan: int | None = None,
    note: str | None = None,
    **subject: Unpack[Subject],
) -> Job:
    """A job to be planned, due now unless said otherwise. `key` makes it happen once."""
    return Job(
        kind=kind,
        dedupe_key=key,
        workspace_id=workspace_id,
        recipient_id=recipient_id,
        due_at=due_at or now,
        expires_at=expires_at,
        plan=plan,
        note=note,
        state=JobState.PENDING,
        made_at=now,
        **subject,
    )


def job_to(
    person: Person,
    kind: JobKind,
    key: str,
    *,
    now: datetime,
    note: str | None = None,
    **subject: Unpack[Subject],
) -> Job:
    """A message to this person, due now."""
    team, whom = person.workspace_id, person.id
    return job(kind, key, now=now, workspace_id=team, recipient_id=whom, note=note, **subject)


async def is_on_its_way(work: Work, wanted: Job) -> bool:
    """Whether the same was asked for and is not there yet: two presses mean one.

    The caller holds what two presses have in common, so that they come one after the other.
    """
    statement = select(Job.id).where(
        Job.kind == wanted.kind,
        col(Job.recipient_id).is_not_distinct_from(wanted.recipient_id),
        col(Job.programme_id).is_not_distinct_from(wanted.programme_id),
        col(Job.note).is_not_distinct_from(wanted.note),
        Job.state == JobState.PENDING,
        Job.said_revision == 0,
    )
    return (await work.session.execute(statement.limit(1))).first() is not None


def question(
    person: Person,
    kind: JobKind,
    over: JobKind,
    keys: tuple[str, str],
    *,
    now: datetime,
    until: datetime,
    **subject: Unpack[Subject],
) -> tuple[Job, Job]:
    """A message that asks this person something, and the chore `over` that takes silence for an
    answer at `until` (UTC). `keys` are those of the two."""
    asked = job_to(person, kind, keys[0], now=now, **subject)
    asked.expires_at = until
    team = person.workspace_id
    return asked, job(over, keys[1], now=now, workspace_id=team, due_at=until, **subject)


def jobs_of(
    planned: Iterable[Planned],
    *,
    now: datetime,
    workspace_id: int,
    plan: int | None = None,
    **subject: Unpack[Subject],
) -> list[Job]:
    """The rows for what `domain.timeline` planned. Keys of a session's plan carry its number."""
    session_id = subject.get("session_id")
    prefix = plan_prefix(session_id, plan) if session_id and plan is not None else None
    return [
        job(
            each.kind,
            each.key,
            now=now,
            workspace_id=workspace_id,
            recipient_id=each.recipient_id,
            due_at=each.due_at,
            expires_at=each.expires_at,
            plan=plan if prefix and each.key.startswith(prefix) else None,
            **subject,
        )
        for each in planned
    ]
