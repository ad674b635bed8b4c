"""How long what people wrote is kept: for as long as their programme says, and no longer (3.13)."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import Select, or_
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.jobs import Subject, job
from bot.services.sessions.open_for import BEFORE_THE_SESSION
from bot.store.tables import Job, Programme, Relationship, Request, Session
from bot.store.work import Work


async def plan_erasing(
    work: Work, programme_id: int, key: str, /, *, now: datetime, **subject: Unpack[Subject]
) -> None:
    """Plan the erasure of something that is over since `now` (UTC); `key` makes it happen once."""
    programme = await work.session.get_one(Programme, programme_id)
    due = now + timedelta(days=programme.retention_days)
    team = programme.workspace_id
    await work.plan(job(JobKind.ERASE, key, now=now, workspace_id=team, due_at=due, **subject))


async def change_retention(work: Work, programme: Programme, *, before: int, now: datetime) -> None:
    """A programme keeps what its people write for another time than `before` (days).

    A shorter one holds at once, for what is over already too. A longer one does not: what was said
    to go after a month goes after a month. Messages that name the time are said anew.
    """
    if programme.retention_days == before:
        return
    is_shorter = programme.retention_days < before
    coming = _ids(programme, Session).where(col(Session.state).in_(BEFORE_THE_SESSION))
    introduced = col(Job.kind) == JobKind.INTRODUCTION
    await work.touch(col(Job.session_id).in_(coming), introduced, now=now)
    cards = (JobKind.AGREEMENT_CARD, JobKind.END_CARD) if is_shorter else (JobKind.AGREEMENT_CARD,)
    growing = col(Job.relationship_id).in_(_ids(programme, Relationship))
    await work.touch(growing, col(Job.kind).in_(cards), now=now)
    if is_shorter:
        await _bring_forward(work, programme)


async def _bring_forward(work: Work, programme: Programme) -> None:
    """What is over, and waits to be erased, waits no longer than what is over from now on."""
    statement = (
        select(Job)
        .where(
            Job.kind == JobKind.ERASE,
            Job.state == JobState.PENDING,
            or_(
                col(Job.session_id).in_(_ids(programme, Session)),
                col(Job.relationship_id).in_(_ids(programme, Relationship)),
                col(Job.request_id).in_(_ids(programme, Request)),
            ),
        )
        .order_by(col(Job.id))
        .with_for_update(key_share=True)
    )
    kept_for = timedelta(days=programme.retention_days)
    for waiting in (await work.session.execute(statement)).scalars():
        waiting.due_at = min(waiting.due_at, waiting.made_at + kept_for)


def _ids(programme: Programme, table: type[Session | Relationship | Request]) -> Select[Any]:
    return select(table.id).where(table.programme_id == programme.id)
