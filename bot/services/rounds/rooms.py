"""Who of a round's people is still there when it opens, and which places their mentors have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from sqlalchemy import select as columns
from sqlmodel import col, select

from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.domain.routing import capacity_month
from bot.services.context import Context
from bot.services.rounds.gathering_facts import answers_to
from bot.store.tables import Apart, Enrolment, Match, Person, Place, Programme, Round, RoundPair
from bot.store.work import Work


@dataclass(slots=True)
class Rooms:
    """The people of some pairs, as they are now. The routing is held, so it stays true."""

    people: dict[int, Person]
    absent: set[int]
    limits: dict[int, int]  # a month; who is not in it may be a mentor without taking a place
    counts: bool  # whether sessions take places at all
    months: dict[int, str]
    apart: set[frozenset[int]]  # two who would rather not meet, as one of them said
    taken: dict[int, set[int]] = field(default_factory=dict)
    reserved: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    async def of(
        cls, ctx: Context, work: Work, row: Round, programme: Programme, pairs: Sequence[RoundPair]
    ) -> "Rooms":
        ids = {
            one
            for pair in pairs
            for one in (pair.mentee_id, pair.mentor_id, pair.third_id)
            if one is not None
        }
        people = await _people(work, ids)
        roles = await _roles(work, programme.id, ids)
        answers = await answers_to(work.session, row)
        now = ctx.now()
        absent = {
            one
            for one in ids
            if _is_away(people[one], now) or not roles.get(one) or answers.get(one) is False
        }
        limits = {one: rows[Role.MENTOR] for one, rows in roles.items() if Role.MENTOR in rows}
        if programme.shape is not Shape.PEERS:
            limits = {one: limits.get(one, 0) for one in ids}
        months = {one: capacity_month(now, person.zone) for one, person in people.items()}
        apart = await _apart(work, ids)
        rooms = cls(people, absent, limits, programme.shape is not Shape.GROUPS, months, apart)
        await rooms._look(work, programme.id)
        return rooms

    async def _look(self, work: Work, programme_id: int) -> None:
        statement = columns(col(Place.mentor_id), col(Place.month), col(Place.number)).where(
            col(Place.programme_id) == programme_id,
            col(Place.mentor_id).in_(self.months),
            col(Place.month).in_(set(self.months.values())),
        )
        for mentor, month, number in await work.session.execute(statement):
            if self.months[mentor] == month:
                self.taken.setdefault(mentor, set()).add(number)

    def is_here(self, person_id: int) -> bool:
        return person_id not in self.absent

    def may_meet(self, people: Iterable[int]) -> bool:
        """Whether none of these would rather not meet another of them."""
        return not any(frozenset(two) in self.apart for two in combinations(people, 2))

    def has_room(self, mentor_id: int) -> bool:
        """Whether this mentor may have one more session this month."""
        if not self.counts or mentor_id not in self.limits:
            return True
        return len(self.taken.get(mentor_id, ())) < self.limits[mentor_id]

    def take(self, mentor_id: int) -> None:
        """One place less."""
        if self.counts and mentor_id in self.limits:
            taken = self.taken.setdefault(mentor_id, set())
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
            taken.add(number)
            self.reserved.setdefault(mentor_id, []).append(number)

    def places(self, programme_id: int, matches: Sequence[Match]) -> list[Place]:
        """The rows for what was taken for these matches."""
        return [
            Place(
                programme_id=programme_id,
                mentor_id=match.mentor_id,
                month=self.months[match.mentor_id],
                number=self.reserved[match.mentor_id].pop(),
                match_id=match.id,
            )
            for match in matches
            if self.reserved.get(match.mentor_id)
        ]


async def _apart(work: Work, ids: set[int]) -> set[frozenset[int]]:
    statement = select(Apart.person_id, Apart.other_id).where(col(Apart.person_id).in_(ids))
    return {frozenset(two) for two in await work.session.execute(statement)}


def _is_away(person: Person, now: datetime) -> bool:
    barred = person.is_deleted or person.is_bot or person.is_guest
    return barred or person.is_paused(now) or person.is_away(now)


async def _people(work: Work, ids: set[int]) -> dict[int, Person]:
    statement = select(Person).where(col(Person.id).in_(ids))
    found = (
        await work.session.execute(statement.execution_options(populate_existing=True))
    ).scalars()
    return {row.id: row for row in found}


async def _roles(work: Work, programme_id: int, ids: set[int]) -> dict[int, dict[Role, int]]:
    """Everybody's roles in the programme now, with their capacity in each."""
    statement = columns(
        col(Enrolment.person_id), col(Enrolment.role), col(Enrolment.capacity)
    ).where(
        col(Enrolment.programme_id) == programme_id,
        col(Enrolment.person_id).in_(ids),
        col(Enrolment.ended_at).is_(None),
    )
    found: dict[int, dict[Role, int]] = {}
    for person, role, capacity in await work.session.execute(statement):
        found.setdefault(person, {})[role] = capacity
    return found
