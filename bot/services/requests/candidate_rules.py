"""The hard rules that keep a mentor from a request: the programme's, and what people asked for.

Judged by the same table as a round's, with one row; what is unknown forbids nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import col, or_, select

from bot.domain.kinds import Kind, Role, Window
from bot.matching.people import Differ, Member, Rules, Share
from bot.store.tables import Apart, Enrolment, Person, Programme, Request
from bot.store.work import Work

Mentors = Mapping[int, tuple[Enrolment, Person]]


async def kept_apart(
    work: Work, request: Request, mentee: Person, mentors: Mentors, now: datetime
) -> set[int]:
    """Those of these mentors whom a rule keeps from this request; `now` is when it is looked at."""
    if not mentors:
        return set()
    import numpy as np  # here, as all that needs it: an idle process has no use for it

    from bot.matching.table import table_of

    programme = await work.session.get_one(Programme, request.programme_id)
    rules = Rules(
        must_differ=frozenset(one for one in Differ if one.value in programme.must_differ),
        must_share=frozenset(one for one in Share if one.value in programme.must_share),
        repeat_window=0,
        reverse=request.kind is Kind.REVERSE,  # never inside a reporting line, whoever leads there
    )
    apart = await _apart(work, mentee.id)
    mentee_member = _mentee(request, mentee, apart)
    members = [_mentor(enrolment, person) for enrolment, person in mentors.values()]
    has_line = rules.must_differ or rules.reverse
    above = await _above(work, [mentee.id, *mentors]) if has_line else []
    table = table_of(
        [mentee_member], members, rules, now, everyone=[mentee_member, *members, *above]
    )
    cols = np.arange(len(members))
    suits = table.along(np.zeros_like(cols), cols)
    return {
        member.id
        for member, suit in zip(members, suits.tolist(), strict=True)
        if suit < 0 or member.id in apart or is_above(mentors[member.id][1], request, mentee)
    }


def is_above(mentor: Person, request: Request, mentee: Person) -> bool:
    """Whether the learning would not go the other way: as far as known, the mentor is above."""
    if request.kind is not Kind.REVERSE or mentor.seniority is None or mentee.seniority is None:
        return False
    return mentor.seniority > mentee.seniority


async def _apart(work: Work, person_id: int) -> frozenset[int]:
    """Who would rather not meet this person, and whom they would rather not meet."""
    statement = select(Apart).where(
        or_(col(Apart.person_id) == person_id, col(Apart.other_id) == person_id)
    )
    rows = (await work.session.execute(statement)).scalars()
    return frozenset({one for row in rows for one in (row.person_id, row.other_id)} - {person_id})


def _mentee(request: Request, mentee: Person, apart: frozenset[int]) -> Member:
    return Member(
        id=mentee.id,
        roles=frozenset({Role.MENTEE}),
        seeks=tuple(request.areas),
        languages=frozenset(mentee.languages),
        department=mentee.department or None,
        manager_id=mentee.manager_id,
        zone=mentee.zone,
        windows=frozenset(Window(each) for each in request.windows),
        never=apart,
    )


def _mentor(enrolment: Enrolment, person: Person) -> Member:
    return Member(
        id=person.id,
        roles=frozenset({Role.MENTOR}),
        offers=tuple(enrolment.areas),
        languages=frozenset(person.languages),
        department=person.department or None,
        manager_id=person.manager_id,
        zone=person.zone,
        windows=frozenset(Window(each) for each in enrolment.windows),
    )


async def _above(work: Work, ids: Iterable[int]) -> list[Member]:
    """Everybody who stands above these people, so that the whole line is known."""
    known, asked = set(ids), set(ids)
    managers: dict[int, int | None] = {}
    while asked:
        statement = select(Person.id, Person.manager_id).where(col(Person.id).in_(asked))
        found: dict[int, int | None] = dict((await work.session.execute(statement)).all())
        managers |= found
        asked = {one for one in found.values() if one is not None} - managers.keys()
    return [
        Member(id=one, roles=frozenset(), manager_id=manager)
        for one, manager in managers.items()
        if one not in known
    ]
