"""The receipts of inbound events and submissions, kept as long as they may come again."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from bot.services.context import Context
from bot.store.tables import Receipt


async def forget(ctx: Context, *, older_than: timedelta) -> None:
    """Delete the receipts received longer ago than this."""
    async with ctx.db.work() as work:
        await work.session.execute(
            delete(Receipt).where(col(Receipt.received_at) < ctx.now() - older_than)
        )
        await work.commit()
