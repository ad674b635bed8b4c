"""Putting a session's view together from its rows, in a handful of queries for any number."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from bot.domain.kinds import Format, Role
from bot.services.context import Context
from bot.services.seeing import see_action, see_agenda, see_person, see_reasons
from bot.services.views import PersonView, SessionView
from bot.store.tables import (
    ActionItem,
    Agenda,
    Answer,
    Enrolment,
    Match,
    Person,
    Programme,
    Request,
    Session,
    ThankYou,
    Tick,
)

Row = TypeVar("Row", bound=SQLModel)


async def person_views(
    ctx: Context, session: AsyncSession, ids: Iterable[int]
) -> dict[int, PersonView]:
    """Views of these people, by id."""
    rows = await _by_ids(session, Person, Person.id, ids)
    return {row.id: see_person(row, ctx.now()) for row in rows}


async def session_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Session]
) -> tuple[SessionView, ...]:
    """Views of these sessions, in the order given."""
    loaded = await _load(ctx, session, rows)
    return tuple(_see(ctx, row, loaded) for row in rows)


class _Loaded:
    """All the rows around some sessions, to be picked from."""

    matches: dict[int, Match]
    requests: dict[int, Request]
    people: dict[int, PersonView]
    programmes: dict[int, Programme]
    enrolments: list[Enrolment]
    agendas: dict[int, Agenda]
    ticks: list[Tick]
    answers: list[Answer]
    actions: list[ActionItem]
    thanks: list[ThankYou]


async def _load(ctx: Context, session: AsyncSession, rows: Sequence[Session]) -> _Loaded:
    ids = [row.id for row in rows]
    loaded = _Loaded()
    matches = await _by_ids(session, Match, Match.id, [row.match_id for row in rows])
    loaded.matches = {match.id: match for match in matches}
    requests = await _by_ids(session, Request, Request.id, [m.request_id for m in matches])
    loaded.requests = {request.id: request for request in requests}
    programmes = await _by_ids(session, Programme, Programme.id, [r.programme_id for r in rows])
    loaded.programmes = {programme.id: programme for programme in programmes}
    mentors = [row.mentor_id for row in rows]
    loaded.enrolments = await _by_ids(session, Enrolment, Enrolment.person_id, mentors)
    loaded.agendas = {
        a.session_id: a for a in await _by_ids(session, Agenda, Agenda.session_id, ids)
    }
    loaded.ticks = await _by_ids(session, Tick, Tick.session_id, ids)
    loaded.answers = await _by_ids(session, Answer, Answer.session_id, ids)
    loaded.actions = await _by_ids(session, ActionItem, ActionItem.session_id, ids)
    loaded.thanks = await _by_ids(session, ThankYou, ThankYou.session_id, ids)
    named = {person for row in rows for person in (row.mentor_id, row.mentee_id)}
    loaded.people = await person_views(ctx, session, named)
    return loaded


async def _by_ids(
    session: AsyncSession, table: type[Row], column: Any, ids: Iterable[int]
) -> list[Row]:
    wanted = set(ids)
    if not wanted:
        return []
    statement = select(table).where(col(column).in_(wanted)).order_by(col(table.id))  # type: ignore[attr-defined]
    return list((await session.execute(statement)).scalars())


def _see(ctx: Context, row: Session, loaded: _Loaded) -> SessionView:
    match = loaded.matches[row.match_id]
    request = loaded.requests[match.request_id]
    people = loaded.people
    thanked = {each.from_id for each in loaded.thanks if each.session_id == row.id}
    answers = _latest_answers(row, loaded.answers)
    actions = [
        each for each in loaded.actions if each.session_id == row.id and each.text is not None
    ]
    return SessionView(
        id=row.id,
        kind=row.kind,
        is_taster=row.is_taster,
        state=row.state,
        mentor=people[row.mentor_id],
        mentee=people[row.mentee_id],
        topic=request.topic or "",
        hoped_for=request.hoped_for or "",
        questions=tuple(request.questions or ()),
        reason=request.reason,
        reasons=see_reasons(match, ctx.library),
        mentor_topics=_topics(row, loaded.enrolments),
        length_minutes=row.length_minutes,
        format=row.format,
        formats=tuple(Format(each) for each in request.formats),
        place=row.place or "",
        starts_at=row.starts_at,
        plan=row.plan,
        reschedules=row.reschedules,
        group_channel=row.group_channel,
        matched_at=row.matched_at,
        agenda=see_agenda(loaded.agendas.get(row.id)),
        mentor_ready=_ready(ctx, row, Role.MENTOR, loaded.ticks),
        mentee_ready=_ready(ctx, row, Role.MENTEE, loaded.ticks),
        mentor_answer=answers.get(row.mentor_id),
        mentee_answer=answers.get(row.mentee_id),
        actions=tuple(see_action(each, people[each.owner_id]) for each in actions),
        mentor_thanked=row.mentor_id in thanked,
        mentee_thanked=row.mentee_id in thanked,
        held_at=row.held_at,
        closed_at=row.closed_at,
        cancelled_by=people.get(row.cancelled_by_id) if row.cancelled_by_id else None,
        time_set_by=people.get(row.time_set_by_id) if row.time_set_by_id else None,
        cancel_reason=row.cancel_reason or "",
        retention_days=loaded.programmes[row.programme_id].retention_days,
    )


def _latest_answers(row: Session, answers: list[Answer]) -> dict[int, Any]:
    """Each one's answer about the last time they were to meet."""
    mine = [each for each in answers if each.session_id == row.id]
    plan = max((each.plan for each in mine), default=None)
    if plan is None or (row.starts_at is not None and plan != row.plan):
        return {}
    return {each.person_id: each.outcome for each in mine if each.plan == plan}


def _topics(row: Session, enrolments: list[Enrolment]) -> str:
    for each in enrolments:
        if each.person_id == row.mentor_id and each.programme_id == row.programme_id:
            return each.topics
    return ""


def _ready(ctx: Context, row: Session, role: Role, ticks: list[Tick]) -> bool:
    person_id = row.mentor_id if role is Role.MENTOR else row.mentee_id
    ticked = {t.item for t in ticks if t.session_id == row.id and t.person_id == person_id}
    return {item.key for item in ctx.library.guide(row.kind, role, row.is_taster).before} <= ticked
