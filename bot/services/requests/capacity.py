"""How much room a mentor has left (1.7). Nobody who has none is matched, only asked as a kindness.

What decides is for transactions that hold the routing (`access.hold_routing`);
`has_mentees_enough` only reads, and the mentor has the last word.
"""

from datetime import datetime

from sqlmodel import col, func, select

from bot.domain.kinds import Role
from bot.domain.routing import capacity_month
from bot.domain.states import RelationshipState
from bot.store.tables import Enrolment, Person, Place, Relationship
from bot.store.work import Work

TASTER = "taster"  # the month of a place that counts once and for all


async def is_full(work: Work, person_id: int, programme_id: int, now: datetime) -> bool:
    """Whether a mentor of this programme has no place left at `now` (UTC), in their own month.

    Somebody who offered a single taster is full once it is taken. Whoever is no mentor there never
    is: nothing was promised.
    """
    offered = await _offered(work, person_id, programme_id)
    if offered is None:
        return False
    enrolment, person = offered
    month = TASTER if enrolment.taster_only else capacity_month(now, person.zone)
    return len(await _taken(work, enrolment, month)) >= enrolment.capacity


async def free_place(
    work: Work, person_id: int, programme_id: int, now: datetime
) -> tuple[str, int] | None:
    """The month and number of a place that a session asked for by name would take.

    None for who is full, for who is no mentor there, and for a single taster, which stays free.
    """
    offered = await _offered(work, person_id, programme_id)
    if offered is None or offered[0].taster_only:
        return None
    enrolment, person = offered
    month = capacity_month(now, person.zone)
    taken = await _taken(work, enrolment, month)
    if len(taken) >= enrolment.capacity:
        return None
    return month, next(n for n in range(1, 100) if n not in taken)


async def take_place(
    work: Work,
    programme_id: int,
    mentor_id: int,
    place: tuple[str, int],
    *,
    offer_id: int | None = None,
    match_id: int | None = None,
) -> None:
    """Take the mentor's place of this month and number, for an offer or for a match."""
    month, number = place
    await work.add(
        Place(
            programme_id=programme_id,
            mentor_id=mentor_id,
            month=month,
            number=number,
            offer_id=offer_id,
            match_id=match_id,
        )
    )


async def has_no_room(work: Work, person_id: int, now: datetime) -> bool:
    """Whether somebody mentors, and is full wherever they do; a single taster aside."""
    statement = select(Enrolment.programme_id).where(
        Enrolment.person_id == person_id,
        Enrolment.role == Role.MENTOR,
        col(Enrolment.ended_at).is_(None),
        col(Enrolment.taster_only).is_(False),
    )
    where = list((await work.session.execute(statement)).scalars())
    full = [await is_full(work, person_id, programme_id, now) for programme_id in where]
    return bool(full) and all(full)


async def has_mentees_enough(work: Work, mentor_id: int, mentee_id: int) -> bool:
    """Whether somebody goes on formally with as many others as they offer sessions a month.

    Each of those wants one a month at least. Whoever offers to mentor nowhere has no such number.
    """
    offered = select(func.max(Enrolment.capacity)).where(
        Enrolment.person_id == mentor_id,
        Enrolment.role == Role.MENTOR,
        col(Enrolment.ended_at).is_(None),
        col(Enrolment.taster_only).is_(False),
    )
    others = select(func.count()).where(
        Relationship.mentor_id == mentor_id,
        Relationship.mentee_id != mentee_id,
        Relationship.state == RelationshipState.ACTIVE,
    )
    most = (await work.session.execute(offered)).scalar_one()
    return most is not None and (await work.session.execute(others)).scalar_one() >= most


async def _offered(
    work: Work, person_id: int, programme_id: int
) -> tuple[Enrolment, Person] | None:
    statement = (
        select(Enrolment, Person)
        .join(Person, col(Person.id) == Enrolment.person_id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.person_id == person_id,
            Enrolment.role == Role.MENTOR,
            col(Enrolment.ended_at).is_(None),
        )
    )
    row = (await work.session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1])


async def _taken(work: Work, enrolment: Enrolment, month: str) -> set[int]:
    statement = select(Place.number).where(
        Place.programme_id == enrolment.programme_id,
        Place.mentor_id == enrolment.person_id,
        Place.month == month,
    )
    return set((await work.session.execute(statement)).scalars())
