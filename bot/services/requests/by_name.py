"""A request to one person by name (1.3): asked, and declined without asking anybody else.

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from datetime import datetime

from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import advance
from bot.services.access import active_person
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.requests.capacity import free_place
from bot.services.requests.offers import make_offer
from bot.services.retention import plan_erasing
from bot.store.tables import Apart, Job, Offer, Person, Request
from bot.store.work import Work

ONE_OFF = "one_off"  # the reason on an offer to somebody who has no room, and is asked all the same


async def put_by_name(
    work: Work, request: Request, person: Person, now: datetime, *, one_off: bool = False
) -> Offer:
    """Ask this person, and nobody else. They need not be a mentor; who is one gives a place."""
    place = await free_place(work, person.id, request.programme_id, now)
    reasons = [{"key": ONE_OFF, "facts": {}}] if one_off else []
    return await make_offer(work, request, person, now=now, reasons=reasons, place=place)


async def may_be_asked(ctx: Context, work: Work, asker: Person, person_id: int) -> Person:
    """The person, if they can be asked by name now.

    Raises RuleBroken "not_from_here", "bot", "guest", "deactivated" and, without saying more,
    "mentor_unavailable" (`name`): on a break, away, or one of the two would rather not meet.
    """
    seen = await work.session.get(Person, person_id)
    if seen is None or seen.workspace_id != asker.workspace_id:
        raise RuleBroken("not_from_here")
    person = await active_person(work, person_id)
    now = ctx.now()
    if person.is_paused(now) or person.is_away(now) or await are_apart(work, asker, person):
        raise RuleBroken("mentor_unavailable", name=person.name)
    return person


async def was_asked(work: Work, request_id: int, person_id: int) -> bool:
    """Whether this request was put to this person before."""
    statement = select(Offer.id).where(Offer.request_id == request_id, Offer.mentor_id == person_id)
    return (await work.session.execute(statement)).first() is not None


async def decline_for_good(
    ctx: Context, work: Work, request: Request, asker: Person, *, tell: bool = True
) -> None:
    """Whoever was asked by name cannot: the request is over, and its asker hears of it."""
    now = ctx.now()
    request.state, request.settled_at = advance(request.state, "decline"), now
    unsaid = (Job.request_id == request.id, col(Job.kind) != JobKind.REQUEST_RECEIPT)
    await work.cancel_unsaid(*unsaid, reason="declined")
    await work.touch(Job.request_id == request.id, now=now)
    if tell:
        key = f"request:{request.id}:news:declined"
        news = job_to(asker, JobKind.REQUEST_NEWS, key, now=now, request_id=request.id)
        news.note = "declined"
        await work.plan(news)
    await plan_erasure_of(work, request, now)


async def plan_erasure_of(work: Work, request: Request, now: datetime) -> None:
    """The words of a request that came to nothing are kept no longer than others."""
    key = f"request:{request.id}:erase"
    await plan_erasing(work, request.programme_id, key, now=now, request_id=request.id)


async def are_apart(work: Work, one: Person, other: Person) -> bool:
    """Whether one of the two would rather not meet the other."""
    statement = select(Apart.id).where(
        or_(
            (col(Apart.person_id) == one.id) & (col(Apart.other_id) == other.id),
            (col(Apart.person_id) == other.id) & (col(Apart.other_id) == one.id),
        )
    )
    return (await work.session.execute(statement)).first() is not None
