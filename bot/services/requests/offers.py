"""An offer is made: the row, the mentor's place and the jobs that follow (1.3, 1.5).

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.states import OfferState
from bot.domain.timeline import plan_offer
from bot.services.jobs import jobs_of
from bot.services.requests.capacity import take_place
from bot.services.seeing import hours_of
from bot.store.tables import Offer, Person, Request
from bot.store.work import Work


async def make_offer(
    work: Work,
    request: Request,
    mentor: Person,
    *,
    now: datetime,
    reasons: Sequence[dict[str, Any]] = (),
    suitability: int = 0,
    place: tuple[str, int] | None = None,
) -> Offer:
    """Put a request to somebody; `place` is the month and number that it takes of theirs."""
    offer = await work.add(
        Offer(
            request_id=request.id,
            mentor_id=mentor.id,
            state=OfferState.PENDING,
            reasons=list(reasons),
            suitability=suitability,
            made_at=now,
            expires_at=now,
        )
    )
    planned = plan_offer(offer.id, mentor.id, hours_of(mentor), now)
    offer.expires_at = planned[-1].due_at
    if place is not None:
        await take_place(work, request.programme_id, mentor.id, place, offer_id=offer.id)
    await work.plan(
        *jobs_of(
            planned,
            now=now,
            workspace_id=mentor.workspace_id,
            request_id=request.id,
            offer_id=offer.id,
        )
    )
    return offer
