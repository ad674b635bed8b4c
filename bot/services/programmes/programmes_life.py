"""What becomes of a programme when its channel is archived, and when it comes back."""

from bot.domain.job_kinds import JobKind
from bot.services.context import Context
from bot.services.programmes.leads import plan_news
from bot.services.programmes.programme_cards import plan_card
from bot.services.programmes.programmes_reading import channel_of_team
from bot.services.rounds.planning_rounds import call_off_rounds, cancel_announcements, plan_next
from bot.store.tables import Job, Programme
from bot.store.work import Work


async def archive(ctx: Context, *, team_id: str, channel: str, receipt: str | None = None) -> None:
    """The channel was archived or deleted: nothing new is matched there, and its leads are told.

    Rounds that nobody said yes to are called off; what was approved goes on. Quiet for a channel
    without a programme, and the second time. AlreadyDone for a receipt seen before: the channel may
    be open again by then.
    """
    async with ctx.db.work() as work:
        programme = await _held(work, team_id, channel)
        if programme is None:
            return
        await work.once(receipt, ctx.now())
        if programme.archived_at is None:
            await _let_rest(ctx, work, programme)
        await work.commit()


async def unarchive(
    ctx: Context, *, team_id: str, channel: str, receipt: str | None = None
) -> None:
    """The channel is back, and with it the programme: its next round is planned. AlreadyDone for a
    receipt seen before."""
    async with ctx.db.work() as work:
        programme = await _held(work, team_id, channel)
        if programme is None:
            return
        await work.once(receipt, ctx.now())
        if programme.archived_at is not None:
            await bring_back(ctx, work, programme)
        await work.commit()


async def _let_rest(ctx: Context, work: Work, programme: Programme) -> None:
    programme.archived_at = ctx.now()
    await cancel_announcements(work, programme, reason="channel_archived")
    await call_off_rounds(ctx, work, programme)
    await work.cancel_unsaid(
        Job.programme_id == programme.id,
        Job.kind == JobKind.LEADERLESS,
        reason="channel_archived",
    )
    await _tell(ctx, work, programme, "channel_archived")


async def bring_back(ctx: Context, work: Work, programme: Programme) -> None:
    """The channel is open: the same for a programme that rests, and that the caller holds."""
    programme.archived_at = None
    await plan_card(ctx, work, programme)
    await plan_next(ctx, work, programme)
    await _tell(ctx, work, programme, "channel_back")


async def _held(work: Work, team_id: str, channel: str) -> Programme | None:
    programme_id = await channel_of_team(work.session, team_id, channel)
    return None if programme_id is None else await work.lock(Programme, programme_id)


async def _tell(ctx: Context, work: Work, programme: Programme, note: str) -> None:
    # Real time, so that a channel that goes and comes back twice is told of twice.
    stamp = ctx.clock.wall().timestamp()
    await plan_news(ctx, work, programme, note, once=f"{note}:{stamp}")
