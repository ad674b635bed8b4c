"""Reading a round: what everybody who takes part may know of it."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from bot.services.context import Context
from bot.services.programmes_reading import programme_views, see_round
from bot.services.views_programmes import RoundView
from bot.store.tables import Programme, Round, RoundReply


async def round_view(ctx: Context, *, round_id: int, person_id: int | None = None) -> RoundView:
    """The round, with what this person answered to its notice; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None:
            raise KeyError(round_id)
        return await view_of(ctx, session, row, person_id)


async def view_of(
    ctx: Context, session: AsyncSession, row: Round, person_id: int | None = None
) -> RoundView:
    """The view of a row, inside a transaction."""
    programme = await session.get_one(Programme, row.programme_id)
    (view,) = await programme_views(ctx, session, [programme])
    answer = None
    if person_id is not None:
        statement = select(RoundReply.is_in).where(
            RoundReply.round_id == row.id, RoundReply.person_id == person_id
        )
        answer = (await session.execute(statement)).scalar_one_or_none()
    return see_round(row, view, answer)
