"""The card of a programme in its channel: posted once, kept true in place."""

from typing import Any

from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.tables import Job, Programme
from bot.store.work import Work


async def plan_card(ctx: Context, work: Work, programme: Programme) -> None:
    """Post the card of a new programme, or say it anew where it stands."""
    if not await _cards(work, programme, col(Job.state) != JobState.SKIPPED):
        await _post(ctx, work, programme)
        return
    await work.touch(*_which(programme), now=ctx.now())


async def plan_card_again(ctx: Context, work: Work, programme: Programme) -> None:
    """Post another card; nothing while one is still on its way."""
    waiting = (Job.state == JobState.PENDING, Job.said_revision == 0)
    if not await _cards(work, programme, *waiting):
        await _post(ctx, work, programme)


async def _post(ctx: Context, work: Work, programme: Programme) -> None:
    before = await _cards(work, programme)
    key = f"programme:{programme.id}:card" + (f":{before + 1}" if before else "")
    await work.plan(
        job(
            JobKind.PROGRAMME_CARD,
            key,
            now=ctx.now(),
            workspace_id=programme.workspace_id,
            programme_id=programme.id,
        )
    )


async def _cards(work: Work, programme: Programme, *where: Any) -> int:
    statement = select(func.count()).select_from(Job).where(*_which(programme), *where)
    return int((await work.session.execute(statement)).scalar_one())


def _which(programme: Programme) -> tuple[Any, ...]:
    return (Job.kind == JobKind.PROGRAMME_CARD, Job.programme_id == programme.id)
