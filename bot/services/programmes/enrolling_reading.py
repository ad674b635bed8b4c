"""Reading enrolments: what somebody offers and seeks in a programme, or could begin with."""

import re
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.kinds import Role
from bot.domain.seniority import guess_seniority
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views
from bot.services.programmes.views_programmes import EnrolmentView, ProgrammeView, RoleView
from bot.services.reading_session import person_views
from bot.store.tables import Apart, Enrolment, Person, Programme

_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_]|$)")
_ORDER = {Role.MENTOR: 0, Role.MENTEE: 1}


async def enrolment(ctx: Context, *, person_id: int, programme_id: int) -> EnrolmentView:
    """Somebody in a programme, or how the form to join it is filled; KeyError without it.

    What they have not said yet is guessed from Slack (the language of their locale, the seniority
    in their title) and from what they said before, here or in another programme (`suggested`).
    """
    async with ctx.db.read() as session:
        programme = await session.get(Programme, programme_id)
        person = await session.get(Person, person_id)
        if programme is None or person is None or person.workspace_id != programme.workspace_id:
            raise KeyError(programme_id)
        (view,) = await _enrolment_views(ctx, session, person, [programme])
        return view


async def programmes_of(ctx: Context, *, person_id: int) -> tuple[EnrolmentView, ...]:
    """The programmes somebody takes part in, by name; the open one last."""
    async with ctx.db.read() as session:
        person = await session.get_one(Person, person_id)
        joined = select(Enrolment.programme_id).where(
            Enrolment.person_id == person_id, col(Enrolment.ended_at).is_(None)
        )
        statement = (
            select(Programme)
            .where(col(Programme.id).in_(joined))
            .order_by(col(Programme.channel).is_(None), col(Programme.name), col(Programme.id))
        )
        rows = list((await session.execute(statement)).scalars())
        return await _enrolment_views(ctx, session, person, rows)


async def _enrolment_views(
    ctx: Context, session: AsyncSession, person: Person, rows: list[Programme]
) -> tuple[EnrolmentView, ...]:
    statement = (
        select(Enrolment)
        .where(Enrolment.person_id == person.id)
        .order_by(col(Enrolment.ended_at).is_not(None), col(Enrolment.id).desc())
    )
    enrolments = list((await session.execute(statement)).scalars())
    apart = await _apart(session, person.id)
    manager = [person.manager_id] if person.manager_id is not None else []
    people = await person_views(ctx, session, [person.id, *manager, *apart])
    programmes = await programme_views(ctx, session, rows)
    return tuple(
        EnrolmentView(
            programme=view,
            person=people[person.id],
            roles=_roles(ctx, enrolments, view.id),
            department=person.department,
            seniority=person.seniority or guess_seniority(person.title),
            languages=tuple(person.languages) or language_of(person.locale),
            location=person.location,
            manager=people.get(person.manager_id) if person.manager_id is not None else None,
            apart=tuple(people[each] for each in apart),
            country=person.country or view.country,
            suggested=_suggested(ctx, enrolments, view),
        )
        for view in programmes
    )


def language_of(locale: str) -> tuple[str, ...]:
    """The language of a Slack locale ("en-GB" gives "en"), nothing for none."""
    found = _LOCALE.match(locale or "")
    return (found[1],) if found else ()


def see_role(ctx: Context, row: Enrolment) -> RoleView:
    """What a row offers or seeks; areas that are no longer offered have no label."""
    return RoleView(
        role=row.role,
        area_keys=tuple(key for key in row.areas if key in ctx.library.areas),
        areas=ctx.library.area_labels(row.areas),
        topics=row.topics,
        capacity=row.capacity,
        formats=tuple(row.formats),
        windows=tuple(row.windows),
    )


def _roles(ctx: Context, rows: Iterable[Enrolment], programme_id: int) -> tuple[RoleView, ...]:
    live = [row for row in rows if row.programme_id == programme_id and row.ended_at is None]
    return tuple(see_role(ctx, row) for row in sorted(live, key=lambda row: _ORDER[row.role]))


def _suggested(
    ctx: Context, rows: list[Enrolment], programme: ProgrammeView
) -> tuple[RoleView, ...]:
    """What they said in each role: here before, else elsewhere, what still holds first."""
    found = []
    for role in Role:
        theirs = [row for row in rows if row.role is role]
        theirs.sort(key=lambda row: row.programme_id != programme.id)
        if theirs:
            found.append(see_role(ctx, theirs[0]))
    return tuple(found)


async def _apart(session: AsyncSession, person_id: int) -> list[int]:
    statement = select(Apart.other_id).where(Apart.person_id == person_id).order_by(col(Apart.id))
    return list((await session.execute(statement)).scalars())
