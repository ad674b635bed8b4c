"""The leads of programmes: what happens when one of them leaves, and the news they are told."""

from sqlalchemy import delete
from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.tables import Job, Lead, Person, Programme
from bot.store.work import Work


async def check_leads(ctx: Context, work: Work, gone: Person) -> None:
    """Somebody left, or may not take part any more: they lead nothing from now on.

    The leads who stay are told; where nobody stays, the channel is. For transactions that hold the
    routing.
    """
    led = select(Lead.programme_id).where(Lead.person_id == gone.id)
    statement = (
        select(Programme)
        .where(col(Programme.id).in_(led))
        .order_by(col(Programme.id))
        .with_for_update(key_share=True)
    )
    for programme in (await work.session.execute(statement)).scalars().all():
        await work.session.execute(
            delete(Lead).where(
                col(Lead.programme_id) == programme.id, col(Lead.person_id) == gone.id
            )
        )
        programme.leads_channel = None
        if programme.archived_at is None:
            await _tell_of_leaving(ctx, work, programme, gone)


async def _tell_of_leaving(ctx: Context, work: Work, programme: Programme, gone: Person) -> None:
    counted = select(func.count()).where(Lead.programme_id == programme.id)
    # Real time, so that somebody who comes back and leaves again is news again.
    stamp = f"{gone.id}:{ctx.clock.wall().timestamp()}"
    if (await work.session.execute(counted)).scalar_one():
        await plan_news(ctx, work, programme, "lead_gone", once=f"lead_gone:{stamp}")
        return
    await work.plan(
        job(
            JobKind.LEADERLESS,
            f"programme:{programme.id}:leaderless:{stamp}",
            now=ctx.now(),
            workspace_id=programme.workspace_id,
            programme_id=programme.id,
        )
    )


async def is_led(work: Work, programme: Programme) -> bool:
    """Whether there is anybody to tell; the open programme is led by the workspace's admins."""
    statement = (
        select(Person.id)
        .where(
            Person.workspace_id == programme.workspace_id,
            col(Person.is_admin).is_(True),
            col(Person.is_deleted).is_(False),
        )
        .limit(1)
    )
    if programme.channel is not None:
        statement = select(Lead.id).where(Lead.programme_id == programme.id).limit(1)
    return (await work.session.execute(statement)).first() is not None


async def plan_news(
    ctx: Context,
    work: Work,
    programme: Programme,
    note: str,
    *,
    once: str,
    round_id: int | None = None,
    session_id: int | None = None,
) -> None:
    """Tell the leads, in their conversation, what `note` names; `once` makes it happen once.

    What was settled before they heard of it, and is news again, they hear of now.
    """
    key = f"programme:{programme.id}:news:{once}"
    news = job(
        JobKind.LEAD_NEWS,
        key,
        now=ctx.now(),
        workspace_id=programme.workspace_id,
        programme_id=programme.id,
        note=note,
    )
    news.round_id, news.session_id = round_id, session_id
    await work.plan(news)
    await work.want_again(Job.dedupe_key == key, now=ctx.now())
