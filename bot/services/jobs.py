"""Making job rows: from a key and its subjects, or from what the timeline planned."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.domain.timeline import Planned, plan_prefix
from bot.store.tables import Job


def job(
    kind: JobKind,
    key: str,
    *,
    now: datetime,
    workspace_id: int,
    recipient_id: int | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    request_id: int | None = None,
    offer_id: int | None = None,
    session_id: int | None = None,
    action_id: int | None = None,
    draft_id: int | None = None,
    plan: int | None = None,
    note: str | None = None,
) -> Job:
    """A job to be planned, due now unless said otherwise. `key` makes it happen once."""
    return Job(
        kind=kind,
        dedupe_key=key,
        workspace_id=workspace_id,
        recipient_id=recipient_id,
        due_at=due_at or now,
        expires_at=expires_at,
        request_id=request_id,
        offer_id=offer_id,
        session_id=session_id,
        action_id=action_id,
        draft_id=draft_id,
        plan=plan,
        note=note,
        state=JobState.PENDING,
        made_at=now,
    )


def jobs_of(
    planned: Iterable[Planned],
    *,
    now: datetime,
    workspace_id: int,
    request_id: int | None = None,
    offer_id: int | None = None,
    session_id: int | None = None,
    action_id: int | None = None,
    plan: int | None = None,
) -> list[Job]:
    """The rows for what `domain.timeline` planned. Keys of a session's plan carry its number."""
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
            request_id=request_id,
            offer_id=offer_id,
            session_id=session_id,
            action_id=action_id,
            plan=plan if prefix and each.key.startswith(prefix) else None,
        )
        for each in planned
    ]
