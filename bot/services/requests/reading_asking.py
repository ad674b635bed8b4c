"""Reading who was asked by name, and who was named instead."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.kinds import ReferralKind
from bot.domain.states import ReferralState
from bot.services.context import Context
from bot.services.reading_session import person_views
from bot.services.requests.by_name import ONE_OFF
from bot.services.requests.views_asking import ReferralView
from bot.services.views import PersonView
from bot.store.tables import Match, Offer, Referral, Request, Session


async def referral_view(ctx: Context, *, referral_id: int) -> ReferralView:
    """The referral; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Referral, referral_id)
        if row is None:
            raise KeyError(referral_id)
        (view,) = await referral_views(ctx, session, [row])
        return view


async def referral_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Referral]
) -> tuple[ReferralView, ...]:
    """Views of these referrals."""
    ids = {one for row in rows for one in (row.from_id, row.to_id, row.for_id)}
    people = await person_views(ctx, session, ids)
    views = [
        ReferralView(
            id=row.id,
            kind=row.kind,
            state=row.state,
            by=people[row.from_id],
            to=people[row.to_id],
            mentee=people[row.for_id],
            words=row.words or "",
            topic=await _topic(session, row),
            request_id=row.request_id,
            session_id=row.session_id,
            channel=row.channel,
        )
        for row in rows
    ]
    return tuple(views)


async def _topic(session: AsyncSession, row: Referral) -> str:
    """What the mentee asked about: of the request, or of the talk in which somebody was named."""
    if row.kind is ReferralKind.INTRODUCTION:
        return ""
    wanted = col(Request.id) == row.request_id
    if row.request_id is None:
        behind = (
            select(Match.request_id)
            .join(Session, col(Session.match_id) == Match.id)
            .where(Session.id == row.session_id)
        )
        wanted = col(Request.id).in_(behind)
    found = (await session.execute(select(Request.topic).where(wanted))).scalar_one_or_none()
    return found or ""


async def named_for(
    ctx: Context, session: AsyncSession, request_ids: Iterable[int]
) -> dict[int, ReferralView]:
    """By request: who was named instead, while whoever asked has not said whether to ask them."""
    statement = select(Referral).where(
        col(Referral.request_id).in_(list(request_ids)), Referral.state == ReferralState.NAMED
    )
    rows = list((await session.execute(statement)).scalars())
    views = await referral_views(ctx, session, rows)
    return {view.request_id: view for view in views if view.request_id is not None}


async def suggested(
    ctx: Context, session: AsyncSession, offers: Sequence[Offer]
) -> dict[int, tuple[PersonView, str]]:
    """By offer: who suggested whom it was put to, and why."""
    requests = [offer.request_id for offer in offers]
    statement = select(Referral).where(col(Referral.request_id).in_(requests))
    rows = {
        (row.request_id, row.to_id): row for row in (await session.execute(statement)).scalars()
    }
    people = await person_views(ctx, session, [row.from_id for row in rows.values()])
    return {
        offer.id: (people[row.from_id], row.words or "")
        for offer in offers
        if (row := rows.get((offer.request_id, offer.mentor_id))) is not None
    }


def by_name(row: Request, offers: Sequence[Offer], people: dict[int, PersonView]) -> dict[str, Any]:
    """What a request to one person by name says besides: the fields of its view."""
    if row.invited_id is None:
        return {}
    last = max(offers, key=lambda offer: offer.id, default=None)
    return {
        "invited": people[row.invited_id],
        "asked": people[last.mentor_id] if last else None,
        "asked_state": last.state if last else None,
        "proposed_minutes": last.proposed_minutes if last else None,
        "words": (last.words or "") if last else "",
    }


def is_one_off(offer: Offer) -> bool:
    """Whether it was put to somebody who has no room, as a kindness."""
    return any(each["key"] == ONE_OFF for each in offer.reasons)
