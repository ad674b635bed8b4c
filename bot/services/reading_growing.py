"""Reading what grows from a session: ties, each as one of the two sees it."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.services.context import Context
from bot.services.keeping import QUARTER, has_stopped, turns_at
from bot.services.reading_session import person_views
from bot.services.views_growing import TieView
from bot.store.tables import Match, Session, Tie, TieReply


async def tie_view(ctx: Context, *, tie_id: int, person_id: int) -> TieView:
    """The tie as this person sees it; KeyError when there is none of theirs."""
    async with ctx.db.read() as session:
        tie = await session.get(Tie, tie_id)
        if tie is None or person_id not in (tie.first_id, tie.second_id):
            raise KeyError(tie_id)
        return await _see(ctx, session, tie, person_id)


async def ties_of(ctx: Context, session: AsyncSession, person_id: int) -> tuple[TieView, ...]:
    """Whom this person keeps in touch with; what the other stopped, until it would be asked."""
    statement = (
        select(Tie)
        .where(or_(col(Tie.first_id) == person_id, col(Tie.second_id) == person_id))
        .order_by(col(Tie.id))
    )
    rows = [
        tie
        for tie in (await session.execute(statement)).scalars().all()
        if not has_stopped(tie, person_id) and (tie.stopped_at is None or ctx.now() < turns_at(tie))
    ]
    views = [await _see(ctx, session, tie, person_id) for tie in rows]
    return tuple(view for view in views if not view.other.is_deleted)


async def _see(ctx: Context, session: AsyncSession, tie: Tie, person_id: int) -> TieView:
    people = await person_views(ctx, session, (tie.first_id, tie.second_id))
    other_id = tie.second_id if person_id == tie.first_id else tie.first_id
    mine = select(TieReply.wants).where(
        TieReply.tie_id == tie.id,
        TieReply.quarter == tie.quarters,
        TieReply.person_id == person_id,
    )
    met = (
        select(Session.id)
        .join(Match, col(Session.match_id) == Match.id)
        .where(Match.tie_id == tie.id, Match.made_at >= tie.started_at + QUARTER * tie.quarters)
    )
    return TieView(
        id=tie.id,
        me=people[person_id],
        other=people[other_id],
        quarter=tie.quarters,
        next_at=turns_at(tie),
        is_stopped=has_stopped(tie, person_id),
        wish=(await session.execute(mine)).scalar_one_or_none(),
        session_id=(await session.execute(met)).scalars().first(),
    )
