"""Reading what grows from a session: ties and relationships, as one of the two sees them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.agreements import Activity
from bot.domain.errors import RuleBroken
from bot.domain.kinds import Format, Role
from bot.domain.states import SessionState
from bot.services.context import Context
from bot.services.growing.keeping import QUARTER, has_stopped, shown_to, turns_at
from bot.services.growing.meeting_again import AHEAD, last_held
from bot.services.growing.relationships import LIVE
from bot.services.growing.views_growing import (
    AgreementView,
    LookBackView,
    PartnerView,
    RelationshipView,
    TieView,
)
from bot.services.reading_session import person_views
from bot.services.views import PersonView
from bot.store.tables import (
    Agreement,
    Match,
    Programme,
    Relationship,
    Session,
    Tie,
    TieReply,
)


async def tie_view(ctx: Context, *, tie_id: int, person_id: int) -> TieView:
    """The tie as this person sees it; KeyError when there is none of theirs."""
    async with ctx.db.read() as session:
        tie = await session.get(Tie, tie_id)
        if tie is None or person_id not in (tie.first_id, tie.second_id):
            raise KeyError(tie_id)
        return await _see(ctx, session, tie, person_id)


async def ties_of(ctx: Context, session: AsyncSession, person_id: int) -> tuple[TieView, ...]:
    """Whom this person keeps in touch with; what the other stopped, until it would be asked."""
    ties = await shown_to(session, person_id, ctx.now())
    views = [await _see(ctx, session, tie, person_id) for tie in ties]
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


async def relationship_view(
    ctx: Context, *, relationship_id: int, person_id: int
) -> RelationshipView:
    """The relationship as this person sees it; RuleBroken "not_yours" when it is not theirs."""
    async with ctx.db.read() as session:
        row = await session.get(Relationship, relationship_id)
        if row is None or person_id not in (row.mentor_id, row.mentee_id):
            raise RuleBroken("not_yours")
        return await _see_relationship(ctx, session, row, person_id)


async def relationships_of(
    ctx: Context, session: AsyncSession, person_id: int
) -> tuple[RelationshipView, ...]:
    """Those that go on, and those that are being agreed, the oldest first."""
    mine = or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    statement = (
        select(Relationship)
        .where(mine, col(Relationship.state).in_(LIVE))
        .order_by(col(Relationship.id))
    )
    rows = (await session.execute(statement)).scalars().all()
    return tuple([await _see_relationship(ctx, session, row, person_id) for row in rows])


async def my_relationships(ctx: Context, *, person_id: int) -> tuple[RelationshipView, ...]:
    """The same, by themselves."""
    async with ctx.db.read() as session:
        return await relationships_of(ctx, session, person_id)


async def partners_of(ctx: Context, *, person_id: int) -> tuple[PartnerView, ...]:
    """With whom a session took place and no relationship is there yet, the last one first."""
    async with ctx.db.read() as session:
        statement = (
            select(Session)
            .where(
                or_(col(Session.mentor_id) == person_id, col(Session.mentee_id) == person_id),
                col(Session.third_id).is_(None),
                col(Session.state).in_([SessionState.HELD, SessionState.CLOSED]),
                col(Session.starts_at).is_not(None),
            )
            .order_by(col(Session.starts_at).desc())
        )
        rows = (await session.execute(statement)).scalars().all()
        live = {
            frozenset((each.mentor.id, each.mentee.id))
            for each in await relationships_of(ctx, session, person_id)
        }
        found: dict[int, Session] = {}
        for row in rows:
            pair = (row.mentor_id, row.mentee_id)
            other_id = next(each for each in pair if each != person_id)
            if frozenset(pair) not in live:
                found.setdefault(other_id, row)
        people = await person_views(ctx, session, found)
    return tuple(
        PartnerView(
            session_id=row.id,
            other=people[other_id],
            role=Role.MENTOR if row.mentor_id == person_id else Role.MENTEE,
            held_at=row.starts_at,
        )
        for other_id, row in found.items()
        if row.starts_at is not None and not people[other_id].is_deleted
    )


async def _see_relationship(
    ctx: Context, session: AsyncSession, row: Relationship, person_id: int
) -> RelationshipView:
    people = await person_views(
        ctx,
        session,
        {each for each in (row.mentor_id, row.mentee_id, row.asked_by_id, row.ended_by_id) if each},
    )
    statement = (
        select(Agreement)
        .where(Agreement.relationship_id == row.id)
        .order_by(col(Agreement.version).desc())
        .limit(1)
    )
    agreement = (await session.execute(statement)).scalar_one_or_none()
    programme = await session.get_one(Programme, row.programme_id)
    other_id = row.mentee_id if person_id == row.mentor_id else row.mentor_id
    backs = {who: _look_back(row, who) for who in (person_id, other_id)}
    keeps = all(back is not None and back.keeps for back in backs.values())
    theirs = backs[other_id]
    ahead, last = await _meetings(session, row)
    return RelationshipView(
        id=row.id,
        state=row.state,
        me=people[person_id],
        mentor=people[row.mentor_id],
        mentee=people[row.mentee_id],
        area=next(iter(ctx.library.area_labels([row.area])), ""),
        area_key=row.area,
        in_force=row.version,
        agreement=_see_agreement(agreement, people) if agreement else None,
        retention_days=programme.retention_days,
        asked_by=people.get(row.asked_by_id or 0),
        ends_on=row.ends_on,
        review_on=row.review_on,
        ended_by=people.get(row.ended_by_id or 0),
        mine=backs[person_id],
        theirs=replace(theirs, keeps=keeps) if theirs else None,
        keep_in_touch=keeps,
        next_at=ahead.starts_at if ahead else None,
        next_id=ahead.id if ahead else None,
        last_at=last,
        fresh_at=row.fresh_at,
        is_erased=row.erased_at is not None,
    )


async def _meetings(
    session: AsyncSession, row: Relationship
) -> tuple[Session | None, datetime | None]:
    """The session ahead, and when the last one was that took place."""
    statement = select(Session).where(Session.relationship_id == row.id).order_by(col(Session.id))
    sessions = list((await session.execute(statement)).scalars())
    return next((each for each in sessions if each.state in AHEAD), None), last_held(sessions)


def _look_back(row: Relationship, person_id: int) -> LookBackView | None:
    written = (row.gained or {}).get(str(person_id))
    return LookBackView(**written) if written else None


def _see_agreement(row: Agreement, people: Mapping[int, PersonView]) -> AgreementView:
    words = row.content or {}
    return AgreementView(
        version=row.version,
        objective=words.get("objective", ""),
        goals=tuple(words.get("goals", ())),
        support=words.get("support", ""),
        activities=tuple(Activity(each) for each in words.get("activities", ())),
        formats=tuple(Format(each) for each in words.get("formats", ())),
        availability=words.get("availability", ""),
        cancelling=words.get("cancelling", ""),
        confidentiality=words.get("confidentiality", ""),
        ending=words.get("ending", ""),
        every=row.every,
        length_minutes=row.length_minutes,
        months=row.months,
        agenda_ahead=row.agenda_ahead,
        by=people[row.by_id],
        mentor_signed_at=row.mentor_signed_at,
        mentee_signed_at=row.mentee_signed_at,
        is_erased=row.content is None,
    )
