"""When someone steps back: their offers move on; when they leave, so does all that was open."""

from sqlmodel import col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState, RequestState, SessionState, advance
from bot.services.calling_off import call_off
from bot.services.context import Context
from bot.services.routing import end_offer, route, try_waiting
from bot.store.tables import Enrolment, Job, Offer, Person, Request, Session
from bot.store.work import Work

__all__ = ["pass_on_offers", "settle_open_matters", "try_waiting"]


async def pass_on_offers(ctx: Context, work: Work, mentor: Person) -> None:
    """Put every offer that waits for this person's answer to the next mentor."""
    now = ctx.now()
    statement = (
        select(Offer, Request)
        .join(Request, col(Request.id) == Offer.request_id)
        .where(Offer.mentor_id == mentor.id, Offer.state == OfferState.PENDING)
        .with_for_update()
    )
    for offer, request in (await work.session.execute(statement)).tuples().all():
        await end_offer(work, offer, "expire", now)
        mentee = await work.session.get_one(Person, request.mentee_id)
        await route(ctx, work, request, mentee)


async def settle_open_matters(ctx: Context, work: Work, gone: Person) -> None:
    """Someone left the workspace: nothing of theirs stays open, and their partners are told."""
    now = ctx.now()
    await _end_enrolments(ctx, work, gone)
    await pass_on_offers(ctx, work, gone)
    for request in await _open_requests(work, gone.id):
        request.state = advance(request.state, "withdraw")
        request.settled_at = now
        await work.cancel_unsaid(Job.request_id == request.id, reason="person_gone")
        for offer in await _pending(work, request.id):
            await end_offer(work, offer, "withdraw", now)
    for session in await _open_sessions(work, gone.id):
        left = session.mentor_id if session.mentee_id == gone.id else session.mentee_id
        await call_off(ctx, work, session, by_id=gone.id, reason=None, note="gone", tell_id=left)
    await work.cancel_unsaid(Job.recipient_id == gone.id, reason="person_gone")
    await work.cancel_unsaid(
        Job.kind == JobKind.REQUEST_RETRY,
        col(Job.request_id).in_(select(Request.id).where(Request.mentee_id == gone.id)),
        reason="person_gone",
    )


async def _end_enrolments(ctx: Context, work: Work, gone: Person) -> None:
    statement = select(Enrolment).where(
        Enrolment.person_id == gone.id, col(Enrolment.ended_at).is_(None)
    )
    for enrolment in (await work.session.execute(statement)).scalars():
        enrolment.ended_at = ctx.now()


async def _open_requests(work: Work, person_id: int) -> list[Request]:
    statement = (
        select(Request)
        .where(
            Request.mentee_id == person_id,
            col(Request.state).in_([RequestState.ROUTING, RequestState.WAITING]),
        )
        .with_for_update()
    )
    return list((await work.session.execute(statement)).scalars())


async def _pending(work: Work, request_id: int) -> list[Offer]:
    statement = (
        select(Offer)
        .where(Offer.request_id == request_id, Offer.state == OfferState.PENDING)
        .with_for_update()
    )
    return list((await work.session.execute(statement)).scalars())


async def _open_sessions(work: Work, person_id: int) -> list[Session]:
    statement = (
        select(Session)
        .where(
            or_(Session.mentor_id == person_id, Session.mentee_id == person_id),
            col(Session.state).in_([SessionState.MATCHED, SessionState.SCHEDULED]),
        )
        .with_for_update()
    )
    return list((await work.session.execute(statement)).scalars())
