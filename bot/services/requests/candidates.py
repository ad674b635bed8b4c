"""Who could be asked to mentor a request, the best first, and which place of theirs is free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from bot.domain.kinds import Format, Role, Window
from bot.domain.routing import capacity_month
from bot.matching.score import MenteeFacts, MentorFacts, Scored, rank
from bot.services.requests.candidate_rules import kept_apart
from bot.services.requests.capacity import TASTER
from bot.store.tables import Enrolment, Offer, Person, Place, Request, Session
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who may be asked, why, and the place that the offer would take."""

    mentor: Person
    scored: Scored
    month: str
    number: int


async def best_candidate(
    work: Work, request: Request, mentee: Person, asked: Collection[int], now: datetime
) -> Candidate | None:
    """The mentor to ask next; `asked` are those who were. Routing is held, so places stay free."""
    mentors = {
        person.id: (enrolment, person)
        for enrolment, person in await _mentors(work, request.programme_id)
        if person.id not in {*asked, *request.not_again}
        and not person.is_paused(now)
        and not person.is_away(now)
    }
    for forbidden in await kept_apart(work, request, mentee, mentors, now):
        del mentors[forbidden]
    return await best_of(work, request, mentee, mentors, now)


async def best_of(
    work: Work,
    request: Request,
    mentee: Person,
    mentors: Mapping[int, tuple[Enrolment, Person]],
    now: datetime,
) -> Candidate | None:
    """The best of these, None when all are full (or the one taster they offer is not asked for)."""
    months = {key: _month(*pair, now) for key, pair in mentors.items()}
    taken = await _taken(work, request.programme_id, months)
    past = await _past_mentors(work, mentee.id)
    last_asked = await _last_asked(work, list(mentors))
    facts = [
        _mentor_facts(
            enrolment,
            person,
            sessions_this_month=len(taken[person.id]),
            past_with=person.id in past,
            last_asked_at=last_asked.get(person.id),
        )
        for enrolment, person in mentors.values()
    ]
    for scored in rank(_mentee_facts(request, mentee, now), facts, request.id)[:1]:
        chosen = scored.mentor_id
        number = next(n for n in range(1, 100) if n not in taken[chosen])
        return Candidate(mentors[chosen][1], scored, months[chosen], number)
    return None


async def _mentors(work: Work, programme_id: int) -> list[tuple[Enrolment, Person]]:
    statement = (
        select(Enrolment, Person)
        .join(Person, col(Person.id) == Enrolment.person_id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.role == Role.MENTOR,
            col(Enrolment.ended_at).is_(None),
            col(Person.is_deleted).is_(False),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
        )
    )
    return [(enrolment, person) for enrolment, person in await work.session.execute(statement)]


def _month(enrolment: Enrolment, person: Person, now: datetime) -> str:
    return TASTER if enrolment.taster_only else capacity_month(now, person.zone)


async def _taken(work: Work, programme_id: int, months: dict[int, str]) -> dict[int, set[int]]:
    """The numbers of each mentor's places that are taken in their month."""
    statement = select(Place.mentor_id, Place.month, Place.number).where(
        Place.programme_id == programme_id,
        col(Place.mentor_id).in_(months),
        col(Place.month).in_(set(months.values())),
    )
    taken: dict[int, set[int]] = {key: set() for key in months}
    for mentor_id, month, number in await work.session.execute(statement):
        if months[mentor_id] == month:
            taken[mentor_id].add(number)
    return taken


async def _past_mentors(work: Work, mentee_id: int) -> set[int]:
    statement = select(Session.mentor_id).where(Session.mentee_id == mentee_id)
    return set((await work.session.execute(statement)).scalars())


async def _last_asked(work: Work, mentor_ids: list[int]) -> dict[int, datetime]:
    statement = (
        select(Offer.mentor_id, func.max(Offer.made_at))
        .where(col(Offer.mentor_id).in_(mentor_ids))
        .group_by(col(Offer.mentor_id))
    )
    return dict((await work.session.execute(statement)).all())


def _mentor_facts(
    enrolment: Enrolment,
    person: Person,
    *,
    sessions_this_month: int,
    past_with: bool,
    last_asked_at: datetime | None,
) -> MentorFacts:
    return MentorFacts(
        id=person.id,
        zone=person.zone,
        areas=frozenset(enrolment.areas),
        windows=frozenset(Window(each) for each in enrolment.windows),
        formats=frozenset(Format(each) for each in enrolment.formats),
        languages=frozenset(person.languages),
        sessions_this_month=sessions_this_month,
        capacity=enrolment.capacity,
        past_with=past_with,
        taster_only=enrolment.taster_only,
        last_asked_at=last_asked_at,
    )


def _mentee_facts(request: Request, mentee: Person, now: datetime) -> MenteeFacts:
    return MenteeFacts(
        id=mentee.id,
        kind=request.kind,
        zone=mentee.zone,
        areas=frozenset(request.areas),
        windows=frozenset(Window(each) for each in request.windows),
        formats=frozenset(Format(each) for each in request.formats),
        languages=frozenset(mentee.languages),
        at=now,
    )
