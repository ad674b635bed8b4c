"""Lantern was taken out of a programme's channel."""

from bot.services.context import Context
from bot.services.programmes.leads import plan_news
from bot.services.programmes.programmes_reading import channel_of_team
from bot.store.tables import Programme


async def taken_out(
    ctx: Context, *, team_id: str, channel: str, receipt: str | None = None
) -> None:
    """Tell the leads, who can invite it again. Rounds go on: they need direct messages only.

    Quiet for a channel without a programme, and for one that is archived. AlreadyDone for a
    receipt seen before.
    """
    async with ctx.db.work() as work:
        programme_id = await channel_of_team(work.session, team_id, channel)
        programme = await work.lock(Programme, programme_id) if programme_id else None
        if programme is None or programme.archived_at is not None:
            return
        await work.once(receipt, ctx.now())
        # Real time, so that being taken out once more is news once more.
        stamp = ctx.clock.wall().timestamp()
        await plan_news(ctx, work, programme, "taken_out", once=f"taken_out:{stamp}")
        await work.commit()
