"""The pairs of a round's plan, and whom it leaves out, in pages: for 5 pairs and for 500 (2.5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, or_, select

from bot.domain.programmes import Constraint, Shape
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.programmes.views_programmes import (
    LeftPage,
    LeftView,
    PairsPage,
    PairView,
    RoundView,
)
from bot.services.reading_session import person_views
from bot.services.rounds.reviewing_numbers import count, see_review, see_round_of
from bot.services.seeing import see_person, see_reasons
from bot.services.views import PersonView
from bot.store.tables import (
    Enrolment,
    Person,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
)

ON_A_PAGE = 20


async def pairs_page(ctx: Context, *, round_id: int, note: str) -> PairsPage:
    """The pairs that `note` names: "page:2", or "person:17" for all those of one person.

    New pairs come first, then the least suitable ones; in a group flash turn by turn. A page that
    is not there (any more) is the last one.
    """
    page, person_id = read_note(note)
    async with ctx.db.read() as session:
        seen = await see_review(ctx, session, round_id)
        where = [col(RoundPair.round_id) == round_id]
        if person_id is not None:
            where.append(_with(person_id))
        total = await count(session, select(func.count()).where(*where))
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(page, pages)
        order: tuple[Any, ...] = (
            col(RoundPair.is_new).desc(),
            col(RoundPair.suitability),
            col(RoundPair.id),
        )
        if seen.round.programme.shape is Shape.GROUPS:
            order = (col(RoundPair.turn), col(RoundPair.mentor_id), col(RoundPair.id))
        statement = (
            select(RoundPair)
            .where(*where)
            .order_by(*order)
            .limit(ON_A_PAGE)
            .offset((page - 1) * ON_A_PAGE)
        )
        rows = list((await session.execute(statement)).scalars())
        whose = None
        if person_id is not None:
            whose = (await person_views(ctx, session, [person_id])).get(person_id)
        return PairsPage(
            review=seen,
            pairs=await pair_views(ctx, session, rows),
            page=page,
            pages=pages,
            person=whose,
        )


async def left_page(ctx: Context, *, round_id: int, note: str) -> LeftPage:
    """Those whom the plan leaves out, who waited longest first; `note` as for the pairs."""
    page, person_id = read_note(note)
    where = [col(RoundLeft.round_id) == round_id]
    if person_id is not None:
        where.append(col(RoundLeft.person_id) == person_id)
    async with ctx.db.read() as session:
        seen = await see_review(ctx, session, round_id)
        total = await count(session, select(func.count()).where(*where))
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(page, pages)
        statement = (
            _left(round_id)
            .where(*where)
            .order_by(
                func.coalesce(col(Enrolment.waiting), 0).desc(), col(Person.name), col(RoundLeft.id)
            )
            .limit(ON_A_PAGE)
            .offset((page - 1) * ON_A_PAGE)
        )
        rows = (await session.execute(statement)).all()
        left = tuple(_see_left(ctx, seen.round, *row) for row in rows)
        return LeftPage(review=seen, left=left, page=page, pages=pages)


async def left_view(
    ctx: Context, *, round_id: int, person_id: int
) -> tuple[LeftView, RoundView] | None:
    """Why somebody was left out of a round; None when they have a partner by now."""
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None or await _placed_since(session, row, person_id):
            return None
        seen = await see_round_of(ctx, session, row)
        statement = _left(round_id).where(col(RoundLeft.person_id) == person_id)
        found = (await session.execute(statement)).first()
        return None if found is None else (_see_left(ctx, seen, *found), seen)


def read_note(note: str) -> tuple[int, int | None]:
    """ "page:2" as (2, None), "person:17" as (1, 17); the first page for anything else."""
    what, _, number = note.partition(":")
    if not number.isdecimal() or len(number) > 15:
        return 1, None
    return (1, int(number)) if what == "person" else (max(1, int(number)), None)


async def pair_views(
    ctx: Context, session: AsyncSession, rows: Sequence[RoundPair]
) -> tuple[PairView, ...]:
    """Views of these pairs of one round, in their order."""
    if not rows:
        return ()
    ids = {one for row in rows for one in (row.mentee_id, row.mentor_id, row.third_id) if one}
    people = await person_views(ctx, session, ids)
    statement = select(RoundConstraint.mentee_id, RoundConstraint.mentor_id).where(
        RoundConstraint.round_id == rows[0].round_id,
        RoundConstraint.constraint == Constraint.LOCK,
        col(RoundConstraint.mentee_id).in_(ids),
    )
    locked = [set(pair) for pair in await session.execute(statement)]
    return tuple(_see_pair(ctx, row, people, locked) for row in rows)


def _see_pair(
    ctx: Context, row: RoundPair, people: dict[int, PersonView], locked: list[set[int]]
) -> PairView:
    together = {row.mentee_id, row.mentor_id, row.third_id}
    return PairView(
        id=row.id,
        mentee=people[row.mentee_id],
        mentor=people[row.mentor_id],
        third=people[row.third_id] if row.third_id else None,
        turn=row.turn,
        suitability=row.suitability,
        reasons=see_reasons(row, ctx.library),
        is_locked=any(pair <= together for pair in locked),
        is_new=row.is_new,
        is_out=row.is_out,
    )


def _see_left(
    ctx: Context, seen: RoundView, row: RoundLeft, person: Person, waiting: int | None
) -> LeftView:
    # Once the round is open, being left out of it is counted already.
    counted = int(seen.state is RoundState.OPENED and seen.part == 0)
    return LeftView(
        person=see_person(person, ctx.now()),
        role=row.role,
        rule=row.rule,
        candidates=row.candidates,
        counts=dict(row.counts),
        areas=ctx.library.area_labels(row.areas),
        waiting=max(0, (waiting or 0) - counted),
    )


def _left(round_id: int) -> Any:
    return (
        columns(RoundLeft, Person, col(Enrolment.waiting))
        .join(Round, col(Round.id) == col(RoundLeft.round_id))
        .join(Person, col(Person.id) == col(RoundLeft.person_id))
        .outerjoin(
            Enrolment,
            (col(Enrolment.programme_id) == col(Round.programme_id))
            & (col(Enrolment.person_id) == col(RoundLeft.person_id))
            & (col(Enrolment.role) == col(RoundLeft.role)),
        )
        .where(col(RoundLeft.round_id) == round_id)
    )


def _with(person_id: int) -> Any:
    return or_(
        col(RoundPair.mentee_id) == person_id,
        col(RoundPair.mentor_id) == person_id,
        col(RoundPair.third_id) == person_id,
    )


async def _placed_since(session: AsyncSession, row: Round, person_id: int) -> bool:
    statement = (
        select(RoundPair.id)
        .join(Round, col(Round.id) == RoundPair.round_id)
        .where(
            Round.programme_id == row.programme_id,
            Round.number == row.number,
            col(Round.state).in_([RoundState.APPROVED, RoundState.OPENED]),
            col(RoundPair.is_out).is_(False),
            _with(person_id),
        )
        .limit(1)
    )
    return (await session.execute(statement)).first() is not None
