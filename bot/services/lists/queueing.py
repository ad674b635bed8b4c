"""The requests of a programme that found nobody yet, and the mentor whom a lead names for one."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, select

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.kinds import Role
from bot.domain.states import RequestState, may
from bot.services.access import access_programme, active_person, hold_routing
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views
from bot.services.programmes.views_programmes import QueueView, WaitingView
from bot.services.reading_session import person_views
from bot.services.requests.by_name import are_apart
from bot.services.requests.candidate_rules import is_above
from bot.services.requests.candidates import Candidate, best_of
from bot.services.requests.routing import put_to_candidate
from bot.store.tables import Enrolment, Offer, Person, Programme, Request
from bot.store.work import Work

SHOWN = 10
"""Requests shown at a time; each has a field of its own in the form."""


async def queue(ctx: Context, *, actor_id: int, programme_id: int) -> QueueView:
    """The requests that wait, the longest waiting first; RuleBroken "not_a_lead"."""
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        statement = (
            select(Request)
            .where(*_waiting_in(programme_id))
            .order_by(col(Request.waiting_since), col(Request.id))
            .limit(SHOWN)
        )
        rows = list((await work.session.execute(statement)).scalars())
        counted = await _count(work.session, programme_id)
        (view,) = await programme_views(ctx, work.session, [programme])
        waiting = await _waiting_views(ctx, work.session, rows)
        return QueueView(programme=view, waiting=waiting, more=counted - len(rows))


async def count_waiting(ctx: Context, *, programme_id: int) -> int:
    """How many requests of a programme wait."""
    async with ctx.db.read() as session:
        return await _count(session, programme_id)


async def put_to(
    ctx: Context,
    *,
    actor_id: int,
    request_id: int,
    mentor_id: int,
    receipt: str | None = None,
) -> None:
    """A lead names the mentor for a request that waits: it is put to them as any request is.

    Raises RuleBroken "not_a_lead", "not_yours"; at "mentor": "bot", "guest", "deactivated",
    "mentor_self", "mentor_asked", "mentor_reporting_line", "mentor_above", "mentor_full" and,
    without saying more, "mentor_unavailable" (each with `name`); NotAllowed "request_over" when it
    is settled, and "request_routing" when somebody is being asked already. AlreadyDone for a
    receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await active_person(work, actor_id)
        await hold_routing(work, actor.workspace_id)
        seen = await work.session.get(Request, request_id)
        if seen is None:
            raise RuleBroken("not_yours")
        programme = await access_programme(work, actor, seen.programme_id)
        request = await work.lock(Request, request_id)
        assert request is not None
        _still_waiting(request)
        try:
            mentor = await _mentor(work, actor.workspace_id, mentor_id)
            mentee = await work.session.get_one(Person, request.mentee_id)
            candidate, asked = await _named(ctx, work, programme, request, mentee, mentor)
        except RuleBroken as rule:
            raise rule.at("mentor") from None
        await put_to_candidate(work, request, mentee, candidate, asked, ctx.now())
        await work.commit()


def _still_waiting(request: Request) -> None:
    if request.state is RequestState.WAITING:
        return
    key = "request_routing" if may(request.state, "offer") else "request_over"
    raise NotAllowed(key, state=request.state.value)


async def _mentor(work: Work, workspace_id: int, mentor_id: int) -> Person:
    seen = await work.session.get(Person, mentor_id)
    if seen is None or seen.workspace_id != workspace_id:
        raise RuleBroken("not_from_here")
    return await active_person(work, mentor_id)


async def _named(
    ctx: Context,
    work: Work,
    programme: Programme,
    request: Request,
    mentee: Person,
    mentor: Person,
) -> tuple[Candidate, int]:
    """The mentor with a place of theirs, as far as the hard rules allow, and how many were asked.

    A wish not to meet sounds like any other reason for not being available: who looks at a queue is
    not to learn of it, so nothing of the sentence may depend on it.
    """
    now = ctx.now()
    asked = await _asked(work, request.id)
    if mentor.id == mentee.id:
        raise RuleBroken("mentor_self", name=mentor.name)
    if mentor.id in asked:
        raise RuleBroken("mentor_asked", name=mentor.name)
    if mentor.is_paused(now) or mentor.is_away(now) or await are_apart(work, mentor, mentee):
        raise RuleBroken("mentor_unavailable", name=mentor.name)
    if mentor.id in await _line_above(work, mentee) or mentee.id in await _line_above(work, mentor):
        raise RuleBroken("mentor_reporting_line", name=mentor.name)
    if is_above(mentor, request, mentee):
        raise RuleBroken("mentor_above", name=mentor.name)
    offer = await _what_they_offer(work, programme, mentor)
    candidate = await best_of(work, request, mentee, {mentor.id: (offer, mentor)}, now)
    if candidate is None:
        raise RuleBroken("mentor_full", name=mentor.name)
    return candidate, len(asked)


async def _what_they_offer(work: Work, programme: Programme, mentor: Person) -> Enrolment:
    """Their offer here; for somebody who made none, as much as whoever joins is offered."""
    statement = select(Enrolment).where(
        Enrolment.programme_id == programme.id,
        Enrolment.person_id == mentor.id,
        Enrolment.role == Role.MENTOR,
        col(Enrolment.ended_at).is_(None),
    )
    row = (await work.session.execute(statement)).scalar_one_or_none()
    return row or Enrolment(  # not to be kept
        programme_id=programme.id,
        person_id=mentor.id,
        role=Role.MENTOR,
        capacity=programme.capacity,
        windows=mentor.windows,
        created_at=mentor.refreshed_at,
    )


async def _asked(work: Work, request_id: int) -> set[int]:
    statement = select(Offer.mentor_id).where(Offer.request_id == request_id)
    return set((await work.session.execute(statement)).scalars())


async def _line_above(work: Work, person: Person) -> set[int]:
    """Their manager, the manager's manager and so on; two who name each other end it."""
    line: set[int] = set()
    at = person.manager_id
    while at is not None and at not in line:
        line.add(at)
        statement = select(Person.manager_id).where(Person.id == at)
        at = (await work.session.execute(statement)).scalar_one_or_none()
    return line


def _waiting_in(programme_id: int) -> tuple[bool, ...]:
    return (Request.programme_id == programme_id, Request.state == RequestState.WAITING)


async def _count(session: AsyncSession, programme_id: int) -> int:
    statement = select(func.count()).select_from(Request).where(*_waiting_in(programme_id))
    return (await session.execute(statement)).scalar_one()


async def _waiting_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Request]
) -> tuple[WaitingView, ...]:
    people = await person_views(ctx, session, [row.mentee_id for row in rows])
    counted = (
        select(Offer.request_id, func.count())
        .where(col(Offer.request_id).in_([row.id for row in rows]))
        .group_by(col(Offer.request_id))
    )
    asked = {row[0]: row[1] for row in await session.execute(counted)}
    return tuple(
        WaitingView(
            request_id=row.id,
            mentee=people[row.mentee_id],
            kind=row.kind,
            is_taster=row.is_taster,
            areas=ctx.library.area_labels(row.areas),
            length_minutes=row.length_minutes,
            waiting_since=row.waiting_since or row.created_at,
            asked=asked.get(row.id, 0),
        )
        for row in rows
    )
