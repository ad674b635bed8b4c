"""How long what people wrote is kept: for as long as their programme says, and no longer (3.13)."""

from datetime import datetime, timedelta
from typing import Unpack

from bot.domain.job_kinds import JobKind
from bot.services.jobs import Subject, job
from bot.store.tables import Programme
from bot.store.work import Work


async def plan_erasing(
    work: Work, programme_id: int, key: str, /, *, now: datetime, **subject: Unpack[Subject]
) -> None:
    """Plan the erasure of something that is over since `now` (UTC); `key` makes it happen once."""
    programme = await work.session.get_one(Programme, programme_id)
    due = now + timedelta(days=programme.retention_days)
    team = programme.workspace_id
    await work.plan(job(JobKind.ERASE, key, now=now, workspace_id=team, due_at=due, **subject))
