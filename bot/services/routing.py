"""A request on its way: the next best mentor is asked, or it waits, first in line (1.5)."""

from datetime import datetime

from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Format, Window
from bot.domain.routing import capacity_month
from bot.domain.states import OfferState, RequestState, advance
from bot.domain.timeline import plan_offer
from bot.matching.score import MenteeFacts, MentorFacts, Scored, rank
from bot.services.context import Context
from bot.services.jobs import job, jobs_of
from bot.services.seeing import hours_of
from bot.store.tables import Enrolment, Job, Offer, Person, Place, Request, Session
from bot.store.work import Work

TASTER = "taster"  # the month of a place that counts once and for all
WAITING_LOOKED_AT = 20  # waiting requests tried when somebody becomes free


async def route(ctx: Context, work: Work, request: Request, mentee: Person) -> None:
    """Ask the best available mentor that was not asked yet, or let the request wait.

    Plans the offer's jobs, and news for the mentee unless this is the first mentor asked.
    """
    now = ctx.now()
    asked = await _asked(work, request.id)
    for scored, enrolment in await _ranked(ctx, work, request, mentee, asked):
        mentor = await work.session.get_one(Person, enrolment.person_id)
        place = await _free_place(work, enrolment, mentor, now)
        if place is None:
            continue
        await _make_offer(work, request, mentee, mentor, scored, place, now)
        if asked or request.waiting_since:
            await _tell(work, request, mentee, "moved_on", len(asked), now)
        request.state = advance(request.state, "offer")
        return
    if request.state is RequestState.ROUTING and asked:
        await _tell(work, request, mentee, "waiting", len(asked), now)
    request.state = advance(request.state, "wait")
    request.waiting_since = request.waiting_since or now
    await _look_again(work, request, mentee, now)


async def try_waiting(ctx: Context, work: Work, workspace_id: int) -> None:
    """Somebody became free: try the workspace's waiting requests, the longest waiting first."""
    statement = (
        select(Request, Person)
        .join(Person, col(Person.id) == Request.mentee_id)
        .where(Request.state == RequestState.WAITING, Person.workspace_id == workspace_id)
        .order_by(col(Request.waiting_since), col(Request.id))
        .limit(WAITING_LOOKED_AT)
        .with_for_update(of=Request, skip_locked=True)
    )
    for request, mentee in (await work.session.execute(statement)).tuples().all():
        await route(ctx, work, request, mentee)


async def release(work: Work, offer_id: int) -> None:
    """Give back the mentor's place that this offer, or the session it became, was holding."""
    for place in (
        await work.session.execute(select(Place).where(Place.offer_id == offer_id))
    ).scalars():
        await work.session.delete(place)
    await work.session.flush()


async def live_offer(work: Work, request_id: int) -> Offer | None:
    """The offer of this request that waits for an answer, held until the end of the transaction."""
    statement = (
        select(Offer)
        .where(Offer.request_id == request_id, Offer.state == OfferState.PENDING)
        .with_for_update()
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def end_offer(work: Work, offer: Offer, verb: str, now: datetime) -> None:
    """Decline, expire or withdraw an offer: its place is free, its card says so.

    Raises NotAllowed when it was settled before.
    """
    offer.state = advance(offer.state, verb)
    offer.decided_at = now
    await release(work, offer.id)
    await work.cancel_unsaid(Job.offer_id == offer.id, reason="settled")
    await work.touch(Job.offer_id == offer.id, now=now)


async def _asked(work: Work, request_id: int) -> set[int]:
    found = await work.session.execute(
        select(Offer.mentor_id).where(Offer.request_id == request_id)
    )
    return set(found.scalars())


async def _ranked(
    ctx: Context, work: Work, request: Request, mentee: Person, asked: set[int]
) -> list[tuple[Scored, Enrolment]]:
    now = ctx.now()
    statement = (
        select(Enrolment, Person)
        .join(Person, col(Person.id) == Enrolment.person_id)
        .where(
            Enrolment.programme_id == request.programme_id,
            Enrolment.role == "mentor",
            col(Enrolment.ended_at).is_(None),
            col(Person.is_deleted).is_(False),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
        )
    )
    rows = (await work.session.execute(statement)).tuples().all()
    free = [
        (enrolment, person)
        for enrolment, person in rows
        if person.id not in asked and not person.is_paused(now)
    ]
    taken = await _taken(work, [enrolment.person_id for enrolment, _ in free])
    last_asked = await _last_asked(work)
    past = await _past_partners(work, mentee.id)
    facts = [
        MentorFacts(
            id=person.id,
            zone=person.zone,
            areas=frozenset(enrolment.areas),
            windows=frozenset(Window(each) for each in enrolment.windows),
            formats=frozenset(Format(each) for each in enrolment.formats),
            sessions_this_month=taken.get((person.id, _month(enrolment, person, now)), 0),
            capacity=enrolment.capacity,
            past_with=person.id in past,
            taster_only=enrolment.taster_only,
            last_asked_at=last_asked.get(person.id),
        )
        for enrolment, person in free
    ]
    by_person = {enrolment.person_id: enrolment for enrolment, _ in free}
    ranked = rank(_mentee_facts(request, mentee, now), facts, request.id)
    return [(scored, by_person[scored.mentor_id]) for scored in ranked]


def _mentee_facts(request: Request, mentee: Person, now: datetime) -> MenteeFacts:
    return MenteeFacts(
        id=mentee.id,
        kind=request.kind,
        zone=mentee.zone,
        areas=frozenset(request.areas),
        windows=frozenset(Window(each) for each in request.windows),
        formats=frozenset(Format(each) for each in request.formats),
        at=now,
    )


async def _taken(work: Work, mentor_ids: list[int]) -> dict[tuple[int, str], int]:
    statement = (
        select(Place.mentor_id, Place.month, func.count())
        .where(col(Place.mentor_id).in_(mentor_ids))
        .group_by(col(Place.mentor_id), col(Place.month))
    )
    rows = (await work.session.execute(statement)).tuples().all()
    return {(mentor_id, month): count for mentor_id, month, count in rows}


async def _last_asked(work: Work) -> dict[int, datetime]:
    statement = select(Offer.mentor_id, func.max(Offer.made_at)).group_by(col(Offer.mentor_id))
    return dict((await work.session.execute(statement)).tuples().all())


async def _past_partners(work: Work, person_id: int) -> set[int]:
    statement = select(Session.mentor_id).where(Session.mentee_id == person_id)
    return set((await work.session.execute(statement)).scalars())


def _month(enrolment: Enrolment, person: Person, now: datetime) -> str:
    return TASTER if enrolment.taster_only else capacity_month(now, person.zone)


async def _free_place(
    work: Work, enrolment: Enrolment, mentor: Person, now: datetime
) -> tuple[str, int] | None:
    """A month and number that is free, looked up under the enrolment's lock."""
    await work.lock(Enrolment, enrolment.id)
    month = _month(enrolment, mentor, now)
    statement = select(Place.number).where(Place.mentor_id == mentor.id, Place.month == month)
    used = set((await work.session.execute(statement)).scalars())
    capacity = 1 if enrolment.taster_only else enrolment.capacity
    return next(((month, n) for n in range(1, capacity + 1) if n not in used), None)


async def _make_offer(
    work: Work,
    request: Request,
    mentee: Person,
    mentor: Person,
    scored: Scored,
    place: tuple[str, int],
    now: datetime,
) -> None:
    offer = await work.add(
        Offer(
            request_id=request.id,
            mentor_id=mentor.id,
            state=OfferState.PENDING,
            reasons=[{"key": each.key.value, "facts": dict(each.facts)} for each in scored.reasons],
            suitability=scored.suitability,
            made_at=now,
            expires_at=now,
        )
    )
    planned = plan_offer(offer.id, mentor.id, hours_of(mentor), now)
    offer.expires_at = planned[-1].due_at
    month, number = place
    await work.add(Place(mentor_id=mentor.id, month=month, number=number, offer_id=offer.id))
    await work.plan(
        jobs_of(
            planned,
            now=now,
            workspace_id=mentee.workspace_id,
            request_id=request.id,
            offer_id=offer.id,
        )
    )


async def _tell(
    work: Work, request: Request, mentee: Person, note: str, count: int, now: datetime
) -> None:
    key = f"request:{request.id}:news:{note}:{count}:{now.timestamp():.0f}"
    await work.plan(
        [
            job(
                JobKind.REQUEST_NEWS,
                key,
                now=now,
                workspace_id=mentee.workspace_id,
                recipient_id=mentee.id,
                request_id=request.id,
                note=note,
            )
        ]
    )


async def _look_again(work: Work, request: Request, mentee: Person, now: datetime) -> None:
    """Capacity comes back by itself, with a new month or the end of a pause: look once a day."""
    due = hours_of(mentee).add_working_days(now, 1)
    await work.plan(
        [
            job(
                JobKind.REQUEST_RETRY,
                f"request:{request.id}:retry:{due.date()}",
                now=now,
                workspace_id=mentee.workspace_id,
                request_id=request.id,
                due_at=due,
            )
        ]
    )
