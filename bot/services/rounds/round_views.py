"""Reading a round: what everybody who takes part may know of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import and_, col, func, or_, select

from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views, see_round
from bot.services.programmes.views_programmes import RoundView
from bot.store.tables import Enrolment, Person, Programme, Round, RoundReply


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


async def coming_rounds(ctx: Context, *, person_id: int) -> tuple[RoundView, ...]:
    """The rounds that somebody has heard of and may still skip or join, the next first."""
    joined = select(Enrolment.programme_id).where(
        Enrolment.person_id == person_id, col(Enrolment.ended_at).is_(None)
    )
    theirs = and_(col(RoundReply.round_id) == Round.id, RoundReply.person_id == person_id)
    statement = (
        select(Round, Programme, RoundReply.is_in)
        .join(Programme, col(Round.programme_id) == Programme.id)
        .outerjoin(RoundReply, theirs)
        .where(
            Round.state == RoundState.ANNOUNCED,
            Round.part == 0,
            col(Programme.archived_at).is_(None),
            col(Programme.id).in_(joined),
        )
        .order_by(col(Round.runs_at), col(Round.id))
    )
    async with ctx.db.read() as session:
        rows = (await session.execute(statement)).all()
        programmes = await programme_views(ctx, session, [row[1] for row in rows])
    return tuple(
        see_round(row, view, answer)
        for (row, _, answer), view in zip(rows, programmes, strict=True)
    )


async def taking_part(
    session: AsyncSession, row: Round, programme: Programme, now: datetime
) -> int:
    """How many would take part if the round ran now, as far as they have said; leave by Slack's
    status counts as it was known last."""
    said = select(RoundReply.person_id).where(
        RoundReply.round_id == row.id, col(RoundReply.is_in).is_(programme.is_opt_in)
    )
    statement = (
        select(func.count(func.distinct(Person.id)))
        .join(Enrolment, col(Enrolment.person_id) == Person.id)
        .where(
            Enrolment.programme_id == programme.id,
            col(Enrolment.ended_at).is_(None),
            col(Person.is_deleted).is_(False),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
            or_(col(Person.paused_at).is_(None), col(Person.paused_until) <= now),
            or_(col(Person.away_until).is_(None), col(Person.away_until) <= now),
            col(Person.id).in_(said) if programme.is_opt_in else col(Person.id).not_in(said),
        )
    )
    return int((await session.execute(statement)).scalar_one())
