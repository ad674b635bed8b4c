"""My mentors by area (6.6): who helps whom with what, and which areas have nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.kinds import Role
from bot.domain.states import RelationshipState, RequestState, SessionState
from bot.services.context import Context
from bot.services.growing.keeping import shown_to
from bot.services.reading_session import person_views
from bot.services.seeing import hours_of
from bot.services.views_home import AreaView, Bond, MentorsView, MentorView
from bot.store.tables import Enrolment, Match, Person, Relationship, Request, Session

YEAR = timedelta(days=365)
_HELD = (SessionState.HELD, SessionState.CLOSED)
_STRONGEST = tuple(Bond)


@dataclass(frozen=True, slots=True)
class _Found:
    """That somebody is a mentor in some areas (keys), by one relationship, tie or session."""

    mentor_id: int
    bond: Bond
    areas: tuple[str, ...]
    at: datetime | None = None  # the last talk
    ended_at: datetime | None = None  # of what they had agreed


async def mentors_of(ctx: Context, *, person_id: int) -> MentorsView:
    """Everyone who mentors this person, or did by an agreement, by area.

    From agreements, ties, and talks of a year. An area is missing while nobody helps in it now.
    """
    async with ctx.db.read() as session:
        me = await session.get_one(Person, person_id)
        talks = await _talks(session, person_id, ctx.now() - YEAR)
        found = [*await _formal(session, person_id), *talks]
        found += await _ties(session, person_id, talks, ctx.now())
        sought = await _sought(session, person_id)
        ids = {each.mentor_id for each in found}
        people = await person_views(ctx, session, {*ids, person_id})
        departments = await _departments(session, {*ids, person_id})
    found = [each for each in found if not people[each.mentor_id].is_deleted]
    inside = {each: _is_inside(departments, person_id, each) for each in ids}
    hours = hours_of(me)

    def view(one: _Found) -> MentorView:
        at = one.ended_at if one.bond is Bond.FORMER else one.at
        last: date | None = hours.local_day(at) if at else None
        return MentorView(people[one.mentor_id], one.bond, inside[one.mentor_id], last)

    by_area = _by_area(found)
    helped = {key for each in found if each.bond is not Bond.FORMER for key in each.areas}
    labels = {**ctx.library.areas, "": ""}
    have = tuple(
        AreaView(key, labels[key], tuple(view(each) for each in by_area[key]))
        for key in labels
        if key in by_area
    )
    missing = tuple(
        AreaView(key, label, ())
        for key, label in ctx.library.areas.items()
        if key in sought and key not in helped
    )
    return MentorsView(people[person_id], have, missing)


def _by_area(found: Iterable[_Found]) -> dict[str, list[_Found]]:
    """Each mentor once in an area: with the strongest bond, and the latest talk."""
    areas: dict[str, dict[int, _Found]] = {}
    for each in found:
        for key in each.areas or ("",):
            here = areas.setdefault(key, {})
            here[each.mentor_id] = _stronger(here.get(each.mentor_id), each)
    named = {who for key, here in areas.items() if key for who in here}
    areas[""] = {who: one for who, one in areas.get("", {}).items() if who not in named}
    return {key: sorted(here.values(), key=_order) for key, here in areas.items() if here}


def _stronger(one: _Found | None, other: _Found) -> _Found:
    if one is None:
        return other
    times = [each.at for each in (one, other) if each.at]
    best = min(one, other, key=lambda each: _STRONGEST.index(each.bond))
    ended = best.ended_at or one.ended_at or other.ended_at
    return replace(best, at=max(times, default=None), ended_at=ended)


def _order(one: _Found) -> tuple[int, float, int]:
    last = -one.at.timestamp() if one.at else 0.0
    return _STRONGEST.index(one.bond), last, one.mentor_id


async def _formal(session: AsyncSession, person_id: int) -> list[_Found]:
    states = (RelationshipState.ACTIVE, RelationshipState.ENDED)
    statement = (
        select(Relationship)
        .where(Relationship.mentee_id == person_id, col(Relationship.state).in_(states))
        .order_by(col(Relationship.ended_at).desc())
    )
    rows = (await session.execute(statement)).scalars()
    return [
        _Found(
            row.mentor_id,
            Bond.FORMAL if row.state is RelationshipState.ACTIVE else Bond.FORMER,
            (row.area,) if row.area else (),
            ended_at=row.ended_at,
        )
        for row in rows
    ]


async def _talks(session: AsyncSession, person_id: int, since: datetime) -> list[_Found]:
    """Talks that took place: for what was asked, or for what the two were put together."""
    statement = (
        select(Session.mentor_id, Session.held_at, Match.reasons, Request.areas)
        .join(Match, col(Session.match_id) == Match.id)
        .outerjoin(Request, col(Match.request_id) == Request.id)
        .where(
            or_(col(Session.mentee_id) == person_id, col(Session.third_id) == person_id),
            col(Session.state).in_(_HELD),
            col(Session.held_at) >= since,
        )
        .order_by(col(Session.held_at))
    )
    return [
        _Found(mentor, Bond.SESSION, tuple(asked or _shared(reasons)), at)
        for mentor, at, reasons, asked in (await session.execute(statement)).all()
    ]


def _shared(reasons: Iterable[Mapping[str, object]]) -> list[str]:
    """The areas for which a match was made."""
    for each in reasons:
        facts = each.get("facts")
        if each.get("key") == "areas" and isinstance(facts, Mapping):
            return [str(key) for key in facts.get("areas", ())]
    return []


async def _ties(
    session: AsyncSession, person_id: int, talks: Iterable[_Found], now: datetime
) -> list[_Found]:
    """Those they keep in touch with, whose mentee they were; for the areas of their talks."""
    areas: dict[int, tuple[str, ...]] = {}
    for each in talks:
        areas[each.mentor_id] = tuple({*areas.get(each.mentor_id, ()), *each.areas})
    return [
        _Found(tie.mentor_id, Bond.TIE, areas.get(tie.mentor_id, ()))
        for tie in await shown_to(session, person_id, now)
        if tie.mentor_id != person_id
    ]


async def _sought(session: AsyncSession, person_id: int) -> set[str]:
    """The areas they said they would like help in: in programmes, and in open requests."""
    enrolled = select(Enrolment.areas).where(
        Enrolment.person_id == person_id,
        Enrolment.role == Role.MENTEE,
        col(Enrolment.ended_at).is_(None),
    )
    asked = select(Request.areas).where(
        Request.mentee_id == person_id,
        col(Request.state).in_((RequestState.ROUTING, RequestState.WAITING)),
    )
    lists = [
        *(await session.execute(enrolled)).scalars(),
        *(await session.execute(asked)).scalars(),
    ]
    return {key for keys in lists for key in keys}


async def _departments(session: AsyncSession, ids: Iterable[int]) -> dict[int, str]:
    statement = select(Person.id, Person.department).where(col(Person.id).in_(sorted(ids)))
    return dict((await session.execute(statement)).all())


def _is_inside(departments: Mapping[int, str], one: int, other: int) -> bool | None:
    mine, theirs = departments[one].strip().casefold(), departments[other].strip().casefold()
    return mine == theirs if mine and theirs else None
