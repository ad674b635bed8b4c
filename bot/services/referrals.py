"""What becomes of a referral when the offer that came of it is settled (1.3, 3.12).

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from datetime import datetime

from sqlmodel import col, select

from bot.domain.states import ReferralState, advance
from bot.store.tables import Job, Offer, Referral
from bot.store.work import Work

OPEN_REFERRALS = (ReferralState.NAMED, ReferralState.AGREED)


async def settle_referral(work: Work, offer: Offer, verb: str, now: datetime) -> None:
    """The one who was named has answered, or did not: "accept", "decline" or "drop".

    Quiet for an offer that nobody's naming brought about.
    """
    for referral in await _held(work, offer.request_id, offer.mentor_id):
        if referral.state is ReferralState.AGREED:
            await settle(work, referral, verb, now)


async def drop_referrals(work: Work, request_id: int, now: datetime) -> None:
    """The request was taken back: nobody who was named is asked any more."""
    for referral in await _held(work, request_id, None):
        await settle(work, referral, "drop", now)


async def settle(work: Work, referral: Referral, verb: str, now: datetime) -> None:
    """A referral's last change; what was said of it is said as things are now.

    Raises NotAllowed "referral_named", "referral_agreed" or "referral_over".
    """
    referral.state, referral.settled_at = advance(referral.state, verb), now
    await work.cancel_unsaid(Job.referral_id == referral.id, reason="settled")
    await work.touch(Job.referral_id == referral.id, now=now)


async def _held(work: Work, request_id: int, to_id: int | None) -> list[Referral]:
    statement = (
        select(Referral)
        .where(Referral.request_id == request_id, col(Referral.state).in_(OPEN_REFERRALS))
        .order_by(col(Referral.id))
        .with_for_update(key_share=True)
    )
    if to_id is not None:
        statement = statement.where(Referral.to_id == to_id)
    return list((await work.session.execute(statement)).scalars())
