"""A round's plan as its leads read it: in numbers, and in pages, for 5 pairs and for 500 (2.5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, cast, union
from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Constraint, Shape
from bot.domain.states import JobState, RoundState
from bot.services.context import Context
from bot.services.programmes_reading import programme_views, see_round
from bot.services.reading_session import person_views
from bot.services.seeing import see_person, see_reasons
from bot.services.views import PersonView
from bot.services.views_programmes import (
    LeftPage,
    LeftView,
    PairsPage,
    PairView,
    ReviewView,
    RoundView,
)
from bot.store.tables import (
    Enrolment,
    Job,
    Match,
    Person,
    Programme,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
    Session,
)

ON_A_PAGE = 20


async def review(ctx: Context, *, round_id: int) -> ReviewView:
    """The round's plan in numbers; KeyError when there is no such round."""
    async with ctx.db.read() as session:
        return await _review(ctx, session, round_id)


async def pairs_page(ctx: Context, *, round_id: int, note: str) -> PairsPage:
    """The pairs that `note` names: "page:2", or "person:17" for all those of one person.

    New pairs come first, then the least suitable ones; in a group flash turn by turn. A page that
    is not there (any more) is the last one.
    """
    page, person_id = read_note(note)
    async with ctx.db.read() as session:
        seen = await _review(ctx, session, round_id)
        where = [col(RoundPair.round_id) == round_id]
        if person_id is not None:
            where.append(_with(person_id))
        total = await _count(session, select(func.count()).where(*where))
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
    page, _ = read_note(note)
    async with ctx.db.read() as session:
        seen = await _review(ctx, session, round_id)
        total = await _count(session, _left_count(round_id))
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(page, pages)
        statement = (
            _left(round_id)
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
        seen = await _round(ctx, session, row)
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


def _left_count(round_id: int) -> Any:
    return select(func.count()).where(RoundLeft.round_id == round_id)


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


async def _count(session: AsyncSession, statement: Any) -> int:
    return int((await session.execute(statement)).scalar_one())


async def _round(ctx: Context, session: AsyncSession, row: Round) -> RoundView:
    programme = await session.get_one(Programme, row.programme_id)
    (view,) = await programme_views(ctx, session, [programme])
    return see_round(row, view)


async def _review(ctx: Context, session: AsyncSession, round_id: int) -> ReviewView:
    row = await session.get(Round, round_id)
    if row is None:
        raise KeyError(round_id)
    seen = await _round(ctx, session, row)
    pairs, new, mean, worst, opened = await _numbers(session, round_id)
    said = await _said(session, round_id)
    named = {one for pair in row.lost for one in pair} | set(row.gone)
    by = row.approved_by_id
    people = await person_views(ctx, session, named | ({by} if by else set()))
    if seen.programme.shape is Shape.GROUPS:
        opened = pairs if row.state is RoundState.OPENED else 0
    proof = row.proof
    best = bool(proof) and proof["most_people"] and not proof["gap"]
    return ReviewView(
        round=seen,
        people=row.totals.get("people", 0),
        pairs=pairs,
        matched=await _matched(session, round_id),
        left=await _count(session, _left_count(round_id)),
        locked=said.get(Constraint.LOCK, 0),
        vetoed=said.get(Constraint.VETO, 0),
        new=new,
        lost=tuple((people[mentee], people[mentor]) for mentee, mentor in row.lost),
        gone=tuple(people[one] for one in row.gone),
        suitability=mean,
        worst=worst,
        best_possible=bool(best and not proof["cut"] and not proof["rule"]),
        gap=float(proof.get("gap", 0.0)),
        unsent=await _unsent(session, round_id),
        approved_by=people.get(by) if by else None,
        approved_at=row.approved_at,
        opened=opened,
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
    return await _count(session, columns(func.count()).select_from(everyone))


async def _said(session: AsyncSession, round_id: int) -> dict[Constraint, int]:
    statement = (
        select(RoundConstraint.constraint, func.count())
        .where(RoundConstraint.round_id == round_id)
        .group_by(col(RoundConstraint.constraint))
    )
    found = await session.execute(statement)
    return {Constraint(said): count for said, count in found}


async def _unsent(session: AsyncSession, round_id: int) -> int:
    """Introductions that Slack refused for good."""
    statement = (
        select(func.count())
        .select_from(Job)
        .join(Session, col(Session.id) == Job.session_id)
        .join(Match, col(Match.id) == Session.match_id)
        .where(
            Match.round_id == round_id,
            Job.kind == JobKind.INTRODUCTION,
            Job.state == JobState.DEAD,
        )
    )
    return await _count(session, statement)
