"""What is done every few minutes rather than at a planned moment.

It does no harm when several processes do it at once.
"""

from datetime import timedelta

from bot.services import receipts
from bot.services.context import Context
from bot.services.rounds.planning_rounds import ensure_planned

RECEIPTS_FOR = timedelta(days=7)
"""Slack repeats an event within minutes; a modal can stay open over a weekend."""


async def sweep(ctx: Context) -> None:
    """Forget old receipts, plan rounds that are missing.

    Leases need no sweeping: a lapsed one is free for the next claim.
    """
    await receipts.forget(ctx, older_than=RECEIPTS_FOR)
    await ensure_planned(ctx)
