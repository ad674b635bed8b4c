"""The facts of a programme's report, in the same few queries for any number of sessions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.domain.kinds import Kind, Role
from bot.domain.report import Count, Department, Month, Report
from bot.services.library import Library
from bot.services.lists.reporting_period import Period
from bot.store.tables import (
    Agenda,
    Enrolment,
    Feedback,
    GoOn,
    Match,
    Person,
    Programme,
    Request,
    Session,
    ThankYou,
    Tick,
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One session, as far as a report counts it. `talk_at` is None while it was not held."""

    id: int
    mentor_id: int
    learners: tuple[int, ...]  # the mentee, and the third of a trio
    guide: tuple[Kind, bool, bool]  # whether a taster, and one of a formal pair
    matched_at: datetime
    asked_at: datetime
    talk_at: datetime | None


@dataclass(slots=True)
class Facts:
    """What was found in the database about a period."""

    asked: list[int] = field(default_factory=list)  # the mentee of each request
    talks: list[Talk] = field(default_factory=list)  # matched or held in the period
    mentors: set[int] = field(default_factory=set)  # of the programme, now
    departments: dict[int, str] = field(default_factory=dict)
    ticks: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)  # sessions with an agenda
    answered: set[int] = field(default_factory=set)  # whose agenda the mentor answered
    thanks: set[tuple[int, int]] = field(default_factory=set)  # session and who thanked
    going_on: set[int] = field(default_factory=set)  # sessions of which both would go on
    ratings: list[tuple[int, int, int]] = field(default_factory=list)  # session, person, rating


async def facts_of(session: AsyncSession, programme_id: int, period: Period) -> Facts:
    """Everything a report is made from."""
    within = period.starts_at, period.ends_at
    here = _sessions_of(programme_id, *within)
    facts = Facts(
        asked=await _asked(session, programme_id, *within),
        talks=[_talk(row) for row in await session.execute(_TALKS.where(here))],
        mentors=await _mentors(session, programme_id),
        departments=await _departments(session, programme_id),
    )
    await _prepared(session, here, facts)
    await _afterwards(session, here, facts)
    return facts


def report_from(facts: Facts, programme: Programme, period: Period, library: Library) -> Report:
    """The facts, counted. A number's people are the mentees behind it: for sessions they are the
    fewer, so fewer numbers are shown than mentors and mentees together would allow."""
    held = [one for one in facts.talks if _within(one.talk_at, period)]
    prepared = [one for one in held if _is_prepared(one, facts, library)]
    thanked = [one for one in held if any((one.id, who) in facts.thanks for who in one.learners)]
    return Report(
        programme_name=programme.name,
        since_on=period.first_on,
        until_on=period.last_on,
        asked=Count(len(facts.asked), len(set(facts.asked))),
        matched=_count(one for one in facts.talks if _within(one.matched_at, period)),
        prepared=_count(prepared),
        held=_count(held),
        thanked=_count(thanked),
        continued=_count(one for one in held if one.id in facts.going_on),
        days_to_session=tuple(_days_to(one) for one in held),
        by_month=_by_month(held, period),
        load=_load(held, facts.mentors),
        departments=_by_department(facts, held),
        **_rated(facts, held),
    )


def _count(talks: Iterable[Talk]) -> Count:
    counted = list(talks)
    return Count(len(counted), len({who for one in counted for who in one.learners}))


def _within(moment: datetime | None, period: Period) -> bool:
    return moment is not None and period.starts_at <= moment < period.ends_at


def _days_to(talk: Talk) -> int:
    assert talk.talk_at is not None
    return max(0, (talk.talk_at - talk.asked_at).days)


def _by_month(held: Iterable[Talk], period: Period) -> tuple[Month, ...]:
    months: dict[object, list[Talk]] = {month: [] for month in period.months}
    for one in held:
        assert one.talk_at is not None
        months[period.month_of(one.talk_at)].append(one)
    return tuple(Month(month, _count(months[month])) for month in period.months)


def _load(held: Iterable[Talk], mentors: Collection[int]) -> tuple[int, ...]:
    """The sessions of each mentor, who they are left aside."""
    sessions = dict.fromkeys(mentors, 0)
    for one in held:
        sessions[one.mentor_id] = sessions.get(one.mentor_id, 0) + 1
    return tuple(sorted(sessions.values()))


def _by_department(facts: Facts, held: Iterable[Talk]) -> tuple[Department, ...]:
    """By the department of who asked; those who named none come last."""
    asked: defaultdict[str, list[int]] = defaultdict(list)
    talks: defaultdict[str, list[Talk]] = defaultdict(list)
    for who in facts.asked:
        asked[facts.departments.get(who, "")].append(who)
    for one in held:
        talks[facts.departments.get(one.learners[0], "")].append(one)
    names = sorted(asked.keys() | talks.keys(), key=lambda name: (not name, name.casefold()))
    return tuple(
        Department(name, Count(len(asked[name]), len(set(asked[name]))), _count(talks[name]))
        for name in names
    )


def _rated(facts: Facts, held: Iterable[Talk]) -> dict[str, Any]:
    """The ratings of these sessions, and how many different people gave them."""
    counted = {one.id for one in held}
    given = [(who, rating) for talk, who, rating in facts.ratings if talk in counted]
    return {
        "ratings": tuple(rating for _, rating in given),
        "raters": len({who for who, _ in given}),
    }


def _is_prepared(talk: Talk, facts: Facts, library: Library) -> bool:
    """Both are: every line of the list ticked, or the agenda written and answered."""
    kind, is_taster, is_formal = talk.guide

    def ticked(who: int, role: Role) -> bool:
        guide = library.guide(kind, role, is_taster, is_formal=is_formal)
        lines = {item.key for item in guide.before}
        return lines <= facts.ticks.get((talk.id, who), set())

    learner = talk.id in facts.written or any(ticked(who, Role.MENTEE) for who in talk.learners)
    mentor = talk.id in facts.answered or ticked(talk.mentor_id, Role.MENTOR)
    return learner and mentor


_talked_at = func.coalesce(col(Session.starts_at), col(Session.held_at))
_TALKS: Select[*tuple[Any, ...]] = (
    columns(
        col(Session.id),
        col(Session.mentor_id),
        col(Session.mentee_id),
        col(Session.third_id),
        col(Session.kind),
        col(Session.is_taster),
        col(Session.matched_at),
        col(Request.created_at),
        col(Session.starts_at),
        col(Session.held_at),
        col(Session.relationship_id),
    )
    .join(Match, col(Match.id) == Session.match_id)
    .outerjoin(Request, col(Request.id) == Match.request_id)
    .order_by(col(Session.id))
)


def _sessions_of(programme_id: int, since: datetime, until: datetime) -> ColumnElement[bool]:
    """Those of the programme that were matched in the time, or whose talk was."""
    matched = col(Session.matched_at).between(since, until)
    talked = col(Session.held_at).is_not(None) & (_talked_at >= since) & (_talked_at < until)
    return (col(Session.programme_id) == programme_id) & (matched | talked)


def _talk(row: Any) -> Talk:
    number, mentor, mentee, third, kind, is_taster, matched_at, asked_at, *held = row
    starts_at, held_at, relationship_id = held
    return Talk(
        id=number,
        mentor_id=mentor,
        learners=(mentee,) if third is None else (mentee, third),
        guide=(kind, is_taster, relationship_id is not None),
        matched_at=matched_at,
        asked_at=asked_at or matched_at,
        talk_at=None if held_at is None else starts_at or held_at,
    )


async def _asked(
    session: AsyncSession, programme_id: int, since: datetime, until: datetime
) -> list[int]:
    statement = columns(col(Request.mentee_id)).where(
        col(Request.programme_id) == programme_id,
        col(Request.created_at) >= since,
        col(Request.created_at) < until,
    )
    return list((await session.execute(statement)).scalars())


async def _mentors(session: AsyncSession, programme_id: int) -> set[int]:
    statement = columns(col(Enrolment.person_id)).where(
        col(Enrolment.programme_id) == programme_id,
        col(Enrolment.role) == Role.MENTOR,
        col(Enrolment.ended_at).is_(None),
    )
    return set((await session.execute(statement)).scalars())


async def _departments(session: AsyncSession, programme_id: int) -> dict[int, str]:
    statement = (
        columns(col(Person.id), col(Person.department))
        .join(Programme, col(Programme.workspace_id) == Person.workspace_id)
        .where(col(Programme.id) == programme_id, col(Person.department) != "")
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def _prepared(session: AsyncSession, here: ColumnElement[bool], facts: Facts) -> None:
    ticks = columns(col(Tick.session_id), col(Tick.person_id), col(Tick.item))
    for talk, who, item in await session.execute(_about(ticks, Tick.session_id, here)):
        facts.ticks.setdefault((talk, who), set()).add(item)
    agendas = columns(col(Agenda.session_id), col(Agenda.answered_at))
    for talk, answered_at in await session.execute(_about(agendas, Agenda.session_id, here)):
        facts.written.add(talk)
        if answered_at is not None:
            facts.answered.add(talk)


async def _afterwards(session: AsyncSession, here: ColumnElement[bool], facts: Facts) -> None:
    thanks = columns(col(ThankYou.session_id), col(ThankYou.from_id))
    found = await session.execute(_about(thanks, ThankYou.session_id, here))
    facts.thanks.update((talk, who) for talk, who in found)
    # What each wished is sealed; that it was told to both says that both wished it.
    told = _about(columns(col(GoOn.session_id)), GoOn.session_id, here)
    revealed = told.where(col(GoOn.revealed_at).is_not(None))
    facts.going_on.update((await session.execute(revealed)).scalars())
    rated = columns(col(Feedback.session_id), col(Feedback.person_id), col(Feedback.rating))
    about = await session.execute(_about(rated, Feedback.session_id, here))
    facts.ratings.extend((talk, who, rating) for talk, who, rating in about)


def _about(
    statement: Select[*tuple[Any, ...]], column: Any, here: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    return statement.join(Session, col(Session.id) == col(column)).where(here)
