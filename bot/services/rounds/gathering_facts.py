"""What a round's people did and said until now, in the same few queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, or_, select

from bot.domain.kinds import Role
from bot.domain.routing import capacity_month
from bot.domain.states import RoundState, SessionState
from bot.matching.people import Rules
from bot.store.tables import (
    Apart,
    Enrolment,
    Match,
    Person,
    Place,
    Programme,
    Round,
    RoundPair,
    RoundReply,
    Session,
)

FADED_AFTER = Rules().fades_after
STILL_TO_COME = (SessionState.MATCHED, SessionState.SCHEDULED)
Enrolled = tuple[Person, Mapping[Role, Enrolment]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts about everybody who is enrolled, by person; moments are UTC."""

    now: datetime
    siblings: tuple[int, ...]  # the other parts of the same round
    enrolled: Mapping[int, Enrolled]
    out: frozenset[int]  # not in this round by their own word, or because they have a partner
    held: Mapping[int, int]  # places taken this month, as a mentor
    past: Mapping[int, Mapping[int, int]]  # partner to rounds ago
    never: Mapping[int, frozenset[int]]
    last_mentored: Mapping[int, datetime]
    managers: Mapping[int, int]


async def known_of(session: AsyncSession, programme: Programme, row: Round, now: datetime) -> Known:
    """Everything that matching needs to know of the programme's people for this round."""
    enrolled = await _enrolled(session, programme.id)
    parts = await _other_parts(session, row)
    siblings = [each.id for each in parts]
    answers = await _answers(session, [*siblings, *([row.id] if row.id else [])])
    placed = await _placed(session, siblings)
    silent = _silent(enrolled, answers, parts) if programme.is_opt_in else set()
    ages = await _Ages.of(session, programme, row)
    past, last = await _past(session, programme, ages)
    return Known(
        now=now,
        siblings=tuple(siblings),
        enrolled=enrolled,
        out=frozenset(placed | silent | {one for one, is_in in answers.items() if not is_in}),
        held=await _held(session, programme.id, enrolled, now),
        past=past,
        never=await _never(session, programme.id),
        last_mentored=last,
        managers=await _managers(session, programme.workspace_id),
    )


async def answers_to(session: AsyncSession, row: Round) -> dict[int, bool]:
    """What each said last to the notice of a round, about any part of it."""
    return await _answers(
        session, [row.id, *(each.id for each in await _other_parts(session, row))]
    )


async def placed_elsewhere(session: AsyncSession, row: Round) -> set[int]:
    """Who has a partner in another part of the same round."""
    return await _placed(session, [each.id for each in await _other_parts(session, row)])


async def _enrolled(session: AsyncSession, programme_id: int) -> dict[int, Enrolled]:
    statement = (
        select(Enrolment, Person)
        .join(Person, col(Person.id) == Enrolment.person_id)
        .where(
            Enrolment.programme_id == programme_id,
            col(Enrolment.ended_at).is_(None),
            col(Person.is_deleted).is_(False),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
        )
        .order_by(col(Person.id), col(Enrolment.id))
    )
    found: dict[int, tuple[Person, dict[Role, Enrolment]]] = {}
    for enrolment, person in await session.execute(statement):
        found.setdefault(person.id, (person, {}))[1][enrolment.role] = enrolment
    return dict(found)


async def _other_parts(session: AsyncSession, row: Round) -> list[Round]:
    statement = select(Round).where(
        Round.programme_id == row.programme_id,
        Round.number == row.number,
        Round.state != RoundState.CANCELLED,
    )
    found = (await session.execute(statement)).scalars()
    return [each for each in found if each.id != row.id]


def _silent(
    enrolled: Mapping[int, Enrolled], answers: Mapping[int, bool], parts: Iterable[Round]
) -> set[int]:
    """Who did not say yes. Whoever joined after the round ran says so by joining late."""
    ran = next((each.runs_at for each in parts if each.part == 0), None)

    def came_late(rows: Mapping[Role, Enrolment]) -> bool:
        return ran is not None and all(each.created_at > ran for each in rows.values())

    return {
        one for one, (_, rows) in enrolled.items() if one not in answers and not came_late(rows)
    }


async def _answers(session: AsyncSession, round_ids: list[int]) -> dict[int, bool]:
    statement = (
        select(RoundReply.person_id, RoundReply.is_in)
        .where(col(RoundReply.round_id).in_(round_ids))
        .order_by(col(RoundReply.answered_at), col(RoundReply.id))
    )
    return dict((await session.execute(statement)).all())


async def _placed(session: AsyncSession, siblings: list[int]) -> set[int]:
    """Who has a partner in another part of the round."""
    if not siblings:
        return set()
    statement = select(
        col(RoundPair.mentor_id), col(RoundPair.mentee_id), col(RoundPair.third_id)
    ).where(col(RoundPair.round_id).in_(siblings), col(RoundPair.is_out).is_(False))
    rows = (await session.execute(statement)).all()
    return {one for people in rows for one in people if one is not None}


async def _held(
    session: AsyncSession, programme_id: int, enrolled: Mapping[int, Enrolled], now: datetime
) -> dict[int, int]:
    months = {one: capacity_month(now, person.zone) for one, (person, _) in enrolled.items()}
    statement = (
        columns(col(Place.mentor_id), col(Place.month), func.count())
        .where(col(Place.programme_id) == programme_id, col(Place.month).in_(set(months.values())))
        .group_by(col(Place.mentor_id), col(Place.month))
    )
    rows = (await session.execute(statement)).all()
    return {one: count for one, month, count in rows if months.get(one) == month}


async def _never(session: AsyncSession, programme_id: int) -> dict[int, frozenset[int]]:
    here = select(Enrolment.person_id).where(Enrolment.programme_id == programme_id)
    statement = select(Apart.person_id, Apart.other_id).where(col(Apart.person_id).in_(here))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in await session.execute(statement):
        found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}


async def _managers(session: AsyncSession, workspace_id: int) -> dict[int, int]:
    statement = select(col(Person.id), col(Person.manager_id)).where(
        Person.workspace_id == workspace_id, col(Person.manager_id).is_not(None)
    )
    rows = (await session.execute(statement)).all()
    return {one: manager for one, manager in rows if manager is not None}


@dataclass(frozen=True, slots=True)
class _Ages:
    """How many rounds ago something was, and since when that still matters."""

    number: int
    started: tuple[datetime, ...]  # when each earlier round ran, in order

    @classmethod
    async def of(cls, session: AsyncSession, programme: Programme, row: Round) -> "_Ages":
        far = row.number - programme.repeat_window - FADED_AFTER - 1
        statement = (
            select(Round.runs_at)
            .where(
                Round.programme_id == row.programme_id,
                Round.part == 0,
                Round.number >= far,
                Round.number <= row.number,
                Round.state != RoundState.CANCELLED,
            )
            .order_by(col(Round.runs_at))
        )
        return cls(row.number, tuple((await session.execute(statement)).scalars()))

    def number_ago(self, number: int) -> int:
        """Of a match of the round with this number."""
        return max(1, self.number - number)

    def moment_ago(self, moment: datetime) -> int:
        """Of a match of a request; 1 since the last round."""
        return max(1, sum(started > moment for started in self.started))


async def _past(
    session: AsyncSession, programme: Programme, ages: _Ages
) -> tuple[dict[int, dict[int, int]], dict[int, datetime]]:
    """Who was with whom, how many rounds ago, and when each was last made a mentor."""
    past: defaultdict[int, dict[int, int]] = defaultdict(dict)
    last: dict[int, datetime] = {}

    def note(age: int, people: tuple[int | None, ...]) -> None:
        for one, other in permutations([each for each in people if each is not None], 2):
            past[one][other] = min(age, past[one].get(other, age))

    for mentor, mentee, third, at, number in await session.execute(_met(programme.id)):
        last[mentor] = max(at, last.get(mentor, at))
        age = ages.moment_ago(at) if number is None else ages.number_ago(number)
        note(age, (mentor, mentee, third))
    for mentor, mentee, number in await session.execute(_sat_together(programme.id)):
        note(ages.number_ago(number), (mentor, mentee))
    return dict(past), last


def _met(programme_id: int) -> Select[*tuple[Any, ...]]:
    """Matches whose session was held or is still to come: who called it off has not met."""
    return (
        columns(
            col(Session.mentor_id),
            col(Session.mentee_id),
            col(Session.third_id),
            col(Session.matched_at),
            col(Round.number),
        )
        .join(Match, col(Match.id) == Session.match_id)
        .outerjoin(Round, col(Round.id) == Match.round_id)
        .where(
            col(Session.programme_id) == programme_id,
            or_(col(Session.held_at).is_not(None), col(Session.state).in_(STILL_TO_COME)),
        )
    )


def _sat_together(programme_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(RoundPair.mentor_id, RoundPair.mentee_id, Round.number)
        .join(Round, col(Round.id) == RoundPair.round_id)
        .where(
            Round.programme_id == programme_id,
            Round.state == RoundState.OPENED,
            RoundPair.turn > 0,
            col(RoundPair.is_out).is_(False),
        )
    )
