"""Which programmes somebody has before them: where they may ask, and those they lead."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, or_, select

from bot.domain.kinds import Kind
from bot.domain.states import RequestState, RoundState
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views, see_round
from bot.services.programmes.views_programmes import LedView, ProgrammeView
from bot.store.tables import Enrolment, Lead, Person, Programme, Request, Round

UNDER_WAY = (
    RoundState.ANNOUNCED,
    RoundState.RUNNING,
    RoundState.PLANNED,
    RoundState.APPROVED,
)


async def choices_for(
    ctx: Context, *, person_id: int, channel: str | None = None, kind: Kind | None = None
) -> tuple[ProgrammeView, ...]:
    """Where somebody may ask for a session (of that kind): the usual place first.

    The programme of `channel`, where they are typing; then the open one; then those they are
    enrolled in. Outside of a programme's channel the open one comes first.
    """
    enrolled = select(Enrolment.programme_id).where(
        Enrolment.person_id == person_id, col(Enrolment.ended_at).is_(None)
    )
    async with ctx.db.read() as session:
        person = await session.get_one(Person, person_id)
        here = [Programme.channel == channel] if channel else []
        statement = select(Programme).where(
            Programme.workspace_id == person.workspace_id,
            col(Programme.archived_at).is_(None),
            or_(col(Programme.channel).is_(None), col(Programme.id).in_(enrolled), *here),
        )
        rows = [
            row
            for row in (await session.execute(statement)).scalars()
            if kind is None or allows(row, kind)
        ]
        rows.sort(key=lambda row: (row.channel != channel, row.channel is not None, row.name))
        return await programme_views(ctx, session, rows)


def allows(row: Programme, kind: Kind) -> bool:
    """Whether this kind may be asked for there; a programme that names none has them all."""
    return not row.kinds or kind.value in row.kinds


async def led_by(ctx: Context, *, person_id: int) -> tuple[LedView, ...]:
    """The programmes somebody leads, by name; for an admin the workspace's open one too."""
    async with ctx.db.read() as session:
        person = await session.get_one(Person, person_id)
        led = select(Lead.programme_id).where(Lead.person_id == person_id)
        theirs = [col(Programme.id).in_(led)]
        if person.is_admin:
            theirs.append(col(Programme.channel).is_(None))
        statement = (
            select(Programme)
            .where(Programme.workspace_id == person.workspace_id, or_(*theirs))
            .order_by(col(Programme.channel).is_(None), col(Programme.name), col(Programme.id))
        )
        rows = list((await session.execute(statement)).scalars())
        return await led_views(ctx, session, rows)


async def led_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Programme]
) -> tuple[LedView, ...]:
    """These programmes as their leads see them: with their queue, and the round under way."""
    views = await programme_views(ctx, session, rows)
    waiting = await _waiting(session, [row.id for row in rows])
    rounds = await _rounds_under_way(session, [row.id for row in rows])
    return tuple(
        LedView(
            programme=view,
            waiting=waiting.get(view.id, 0),
            round=see_round(rounds[view.id], view) if view.id in rounds else None,
        )
        for view in views
    )


async def _waiting(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Request.programme_id, func.count())
        .where(col(Request.programme_id).in_(ids), Request.state == RequestState.WAITING)
        .group_by(col(Request.programme_id))
    )
    return dict((await session.execute(statement)).all())


async def _rounds_under_way(session: AsyncSession, ids: Sequence[int]) -> dict[int, Round]:
    statement = (
        select(Round)
        .where(col(Round.programme_id).in_(ids), col(Round.state).in_(UNDER_WAY))
        .order_by(col(Round.id))
    )
    return {row.programme_id: row for row in (await session.execute(statement)).scalars()}
