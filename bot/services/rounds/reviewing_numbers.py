"""A round's plan in numbers: what its leads see first, in the same few queries for any size."""

from typing import Any

from sqlalchemy import Integer, cast, union
from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Constraint, Shape
from bot.domain.states import JobState, RoundState
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views, see_round
from bot.services.programmes.views_programmes import ReviewView, RoundView
from bot.services.reading_session import person_views
from bot.services.rounds.round_states import is_under_way
from bot.services.rounds.round_views import taking_part
from bot.services.views import PersonView
from bot.store.tables import (
    Job,
    Match,
    Programme,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
    Session,
)

LOST_SHOWN = 5
"""Pairs of the plan before that are named; another plan of ten thousand people has mostly others.
"""


async def review(ctx: Context, *, round_id: int) -> ReviewView:
    """The round's plan in numbers; KeyError when there is no such round."""
    async with ctx.db.read() as session:
        return await see_review(ctx, session, round_id)


async def count(session: AsyncSession, statement: Any) -> int:
    """The one number that a statement gives."""
    return int((await session.execute(statement)).scalar_one())


async def see_round_of(ctx: Context, session: AsyncSession, row: Round) -> RoundView:
    """The round with its programme, as anybody may see it."""
    programme = await session.get_one(Programme, row.programme_id)
    (view,) = await programme_views(ctx, session, [programme])
    return see_round(row, view)


async def see_review(ctx: Context, session: AsyncSession, round_id: int) -> ReviewView:
    """`review` inside a transaction."""
    row = await session.get(Round, round_id)
    if row is None:
        raise KeyError(round_id)
    seen = await see_round_of(ctx, session, row)
    pairs, new, mean, worst, opened = await _numbers(session, round_id)
    said = await _said(session, round_id)
    lost = row.lost[:LOST_SHOWN]
    named = {one for pair in lost for one in pair} | set(row.gone)
    by = row.approved_by_id
    people = await person_views(ctx, session, named | ({by} if by else set()))
    if seen.programme.shape is Shape.GROUPS:
        opened = pairs if row.state is RoundState.OPENED else 0
    here = row.totals.get("people")
    if here is None:
        programme = await session.get_one(Programme, row.programme_id)
        here = await taking_part(session, row, programme, ctx.now())
    proof = row.proof
    best = bool(proof) and proof["most_people"] and not proof["gap"]
    return ReviewView(
        round=seen,
        people=here,
        pairs=pairs,
        matched=await _matched(session, round_id),
        left=await count(session, select(func.count()).where(RoundLeft.round_id == round_id)),
        locked=said.get(Constraint.LOCK, 0),
        vetoed=said.get(Constraint.VETO, 0),
        new=new,
        lost=tuple((people[mentee], people[mentor]) for mentee, mentor in lost),
        lost_count=len(row.lost),
        gone=tuple(people[one] for one in row.gone),
        suitability=mean,
        worst=worst,
        best_possible=bool(best and not proof["cut"] and not proof["rule"]),
        most_people=bool(proof) and proof["most_people"],
        gap=float(proof.get("gap", 0.0)),
        unsent=await _unsent(session, round_id),
        approved_by=people.get(by) if by else None,
        approved_at=row.approved_at,
        opened=opened,
        is_stuck=row.state is RoundState.RUNNING and not await is_under_way(session, row),
    )


async def _numbers(session: AsyncSession, round_id: int) -> tuple[int, int, int, int | None, int]:
    """Pairs, new ones, mean and worst suitability, and pairs that have their session."""
    statement = columns(
        func.count(),
        func.coalesce(func.sum(cast(col(RoundPair.is_new), Integer)), 0),
        func.coalesce(func.avg(col(RoundPair.suitability)), 0),
        func.min(col(RoundPair.suitability)),
        func.count(col(RoundPair.match_id)),
    ).where(col(RoundPair.round_id) == round_id, col(RoundPair.is_out).is_(False))
    pairs, new, mean, worst, opened = (await session.execute(statement)).one()
    return pairs, int(new), round(float(mean)), worst, opened


async def _matched(session: AsyncSession, round_id: int) -> int:
    """People with a partner, each once."""
    live = (col(RoundPair.round_id) == round_id, col(RoundPair.is_out).is_(False))
    sides = (col(RoundPair.mentee_id), col(RoundPair.mentor_id), col(RoundPair.third_id))
    everyone = union(
        *(columns(side.label("id")).where(*live, side.is_not(None)) for side in sides)
    ).subquery()
    return await count(session, columns(func.count()).select_from(everyone))


async def _said(session: AsyncSession, round_id: int) -> dict[Constraint, int]:
    statement = (
        select(RoundConstraint.constraint, func.count())
        .where(RoundConstraint.round_id == round_id)
        .group_by(col(RoundConstraint.constraint))
    )
    found = await session.execute(statement)
    return {Constraint(said): count for said, count in found}


async def unsent_people(ctx: Context, *, round_id: int) -> tuple[PersonView, ...]:
    """Those of a round whose introduction Slack refused for good, pair by pair."""
    async with ctx.db.read() as session:
        statement = select(Session.mentee_id, Session.third_id, Session.mentor_id)
        pairs = await session.execute(_refused(statement, round_id).order_by(col(Session.id)))
        ids = list(dict.fromkeys(one for pair in pairs for one in pair if one is not None))
        people = await person_views(ctx, session, ids)
    return tuple(people[one] for one in ids)


async def _unsent(session: AsyncSession, round_id: int) -> int:
    """Introductions that Slack refused for good."""
    return await count(session, _refused(select(func.count()).select_from(Session), round_id))


def _refused(statement: Any, round_id: int) -> Any:
    return (
        statement.join(Match, col(Match.id) == Session.match_id)
        .join(Job, col(Job.session_id) == Session.id)
        .where(
            Match.round_id == round_id,
            Job.kind == JobKind.INTRODUCTION,
            Job.state == JobState.DEAD,
        )
    )
