"""The group conversation of a pair: which it is, once it was opened."""

from bot.services.context import Context
from bot.store.tables import Session


async def group_of(ctx: Context, *, session_id: int) -> str | None:
    """The channel in which the two of a session and Lantern talk, None before it is opened."""
    async with ctx.db.read() as session:
        row = await session.get(Session, session_id)
    return None if row is None else row.group_channel


async def remember_group(ctx: Context, *, session_id: int, channel: str) -> None:
    """Keep the group's channel id. Slack gives the same two people the same group each time."""
    async with ctx.db.work() as work:
        row = await work.session.get_one(Session, session_id)
        row.group_channel = channel
        await work.commit()
