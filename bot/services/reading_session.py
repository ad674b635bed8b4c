"""Putting a session's view together from its rows, in the same few queries for any number.

The statements are built once: to build one again for every answer would cost more than to run it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.domain.kinds import Format, Outcome, Reason, Role
from bot.services.context import Context
from bot.services.growing.carrying import Carried, carried_over, next_time, stage
from bot.services.seeing import see_action, see_agenda, see_person, see_reasons
from bot.services.views import ActionView, PersonView, ReasonView, SessionView
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

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_Mentor, _Mentee, _Third = aliased(Person), aliased(Person), aliased(Person)
_Seeking = aliased(Enrolment)  # what the mentee of a round said about themselves

SESSIONS: Select[*tuple[Any, ...]] = (
    select(
        Session, Match, Request, Programme, _Mentor, _Mentee, _Third, Enrolment, _Seeking, Agenda
    )
    .join(Match, col(Session.match_id) == Match.id)
    .outerjoin(Request, col(Match.request_id) == Request.id)
    .join(Programme, col(Session.programme_id) == Programme.id)
    .join(_Mentor, col(Session.mentor_id) == _Mentor.id)
    .join(_Mentee, col(Session.mentee_id) == _Mentee.id)
    .outerjoin(_Third, col(Session.third_id) == _Third.id)
    .outerjoin(
        Enrolment,
        and_(
            col(Enrolment.programme_id) == Session.programme_id,
            col(Enrolment.person_id) == Session.mentor_id,
            col(Enrolment.role) == Role.MENTOR,
        ),
    )
    .outerjoin(
        _Seeking,
        and_(
            col(_Seeking.programme_id) == Session.programme_id,
            col(_Seeking.person_id) == Session.mentee_id,
            col(_Seeking.role) == Role.MENTEE,
        ),
    )
    .outerjoin(Agenda, col(Agenda.session_id) == Session.id)
)
"""Sessions and what there is one of; add which, and in what order, for `session_views`."""

SESSIONS_BY_ID = SESSIONS.where(col(Session.id).in_(_IDS)).order_by(col(Session.id))
"""Takes `ids`."""

_PEOPLE = select(Person).where(col(Person.id).in_(_IDS))
_TICKS = select(col(Tick.session_id), col(Tick.person_id), col(Tick.item)).where(
    col(Tick.session_id).in_(_IDS)
)
_ANSWERS = select(
    col(Answer.session_id), col(Answer.plan), col(Answer.person_id), col(Answer.outcome)
).where(col(Answer.session_id).in_(_IDS))
_THANKS = select(col(ThankYou.session_id), col(ThankYou.from_id)).where(
    col(ThankYou.session_id).in_(_IDS)
)
_ACTIONS = (
    select(ActionItem)
    .where(col(ActionItem.session_id).in_(_IDS), col(ActionItem.text).is_not(None))
    .order_by(col(ActionItem.id))
)


async def person_views(
    ctx: Context, session: AsyncSession, ids: Iterable[int]
) -> dict[int, PersonView]:
    """Views of these people, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = (await session.execute(_PEOPLE, {"ids": wanted})).scalars()
    return {row.id: see_person(row, ctx.now()) for row in rows}


async def session_views(
    ctx: Context, session: AsyncSession, which: Select[*tuple[Any, ...]], **given: Any
) -> tuple[SessionView, ...]:
    """Views of the sessions that `which` (made from SESSIONS) selects, in its order."""
    rows = (await session.execute(which, given)).all()
    if not rows:
        return ()
    around = await _around(session, [row[0].id for row in rows])
    for of, carried in (await carried_over(session, [row[0] for row in rows])).items():
        around[of].carried = carried
    return tuple(_see(ctx, row, around[row[0].id]) for row in rows)


@dataclass(slots=True)
class _Around:
    """What there may be several of around a session."""

    ticks: list[tuple[int, str]]  # person, line
    answers: list[tuple[int, int, Outcome]]  # plan, person, answer
    thanked: set[int]
    actions: list[ActionItem]
    carried: Carried


async def _around(session: AsyncSession, ids: list[int]) -> Mapping[int, _Around]:
    found: dict[int, _Around] = defaultdict(lambda: _Around([], [], set(), [], Carried()))
    given = {"ids": ids}
    for of, person, item in await session.execute(_TICKS, given):
        found[of].ticks.append((person, item))
    for of, plan, person, outcome in await session.execute(_ANSWERS, given):
        found[of].answers.append((plan, person, outcome))
    for of, person in await session.execute(_THANKS, given):
        found[of].thanked.add(person)
    for action in (await session.execute(_ACTIONS, given)).scalars():
        found[action.session_id].actions.append(action)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was said before the match: in a request, or by taking part in a round."""

    topic: str
    hoped_for: str
    questions: tuple[str, ...]
    reason: Reason | None
    formats: tuple[Format, ...]
    shared: tuple[str, ...] = ()


def _asked(
    request: Request | None, reasons: Iterable[ReasonView], seeking: Enrolment | None
) -> _Asked:
    if request is not None:
        return _Asked(
            request.topic or "",
            request.hoped_for or "",
            tuple(request.questions or ()),
            request.reason,
            tuple(Format(each) for each in request.formats),
        )
    shared = [label for each in reasons for label in each.facts.get("areas", ())]
    formats = tuple(Format(each) for each in seeking.formats) if seeking else ()
    return _Asked(", ".join(shared), "", (), None, formats, tuple(shared))


def _see(ctx: Context, found: Row[*tuple[Any, ...]], around: _Around) -> SessionView:
    row: Session = found[0]
    match, request, programme, mentor, mentee, third, enrolment, seeking, agenda = found[1:]
    here = (mentor, mentee, third)
    people = {each.id: see_person(each, ctx.now()) for each in here if each is not None}
    reasons = see_reasons(match, ctx.library)
    asked = _asked(request, reasons, seeking)
    return SessionView(
        id=row.id,
        kind=row.kind,
        is_taster=row.is_taster,
        state=row.state,
        mentor=people[row.mentor_id],
        mentee=people[row.mentee_id],
        third=people.get(row.third_id) if row.third_id else None,
        topic=asked.topic,
        shared=asked.shared,
        hoped_for=asked.hoped_for,
        questions=asked.questions,
        reason=asked.reason,
        reasons=reasons,
        mentor_topics=enrolment.topics if enrolment else "",
        length_minutes=row.length_minutes,
        format=row.format,
        formats=asked.formats,
        place=row.place or "",
        starts_at=row.starts_at,
        plan=row.plan,
        reschedules=row.reschedules,
        group_channel=row.group_channel,
        agenda=see_agenda(agenda),
        ready=frozenset(one for one in people if _ready(ctx, row, one, around)),
        answers=_latest_answers(row, around),
        thanked=frozenset(around.thanked),
        actions=_steps(around.actions, people),
        relationship_id=row.relationship_id,
        carried=_steps(around.carried.actions, people),
        next_at=next_time(row, around.carried, mentee, mentor),
        stage=stage(row, around.carried, mentee, ctx.now()),
        programme_id=programme.id,
        programme=programme.name,
        has_channel=programme.channel is not None and programme.archived_at is None,
        round_id=match.round_id,
        shape=programme.shape if match.round_id is not None else None,
        held_at=row.held_at,
        closed_at=row.closed_at,
        cancelled_by=people.get(row.cancelled_by_id) if row.cancelled_by_id else None,
        time_set_by=people.get(row.time_set_by_id) if row.time_set_by_id else None,
        cancel_reason=row.cancel_reason or "",
        retention_days=programme.retention_days,
        is_erased=row.erased_at is not None,
    )


def _steps(rows: Iterable[ActionItem], people: Mapping[int, PersonView]) -> tuple[ActionView, ...]:
    """Next steps, but for those of somebody who left two others to go on."""
    return tuple(
        see_action(each, people[each.owner_id]) for each in rows if each.owner_id in people
    )


def _latest_answers(row: Session, around: _Around) -> dict[int, Outcome]:
    """Each one's answer about the last time they were to meet."""
    latest = max((plan for plan, _, _ in around.answers), default=None)
    if latest is None or (row.starts_at is not None and latest != row.plan):
        return {}
    return {person: outcome for plan, person, outcome in around.answers if plan == latest}


def _ready(ctx: Context, row: Session, person_id: int, around: _Around) -> bool:
    role = Role.MENTOR if person_id == row.mentor_id else Role.MENTEE
    ticked = {item for person, item in around.ticks if person == person_id}
    return {item.key for item in ctx.library.guide_of(row, role).before} <= ticked
