"""When someone steps back: their offers move on; when they leave, so does all that was open.

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from datetime import datetime

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RequestState, SessionState
from bot.services.access import is_in, partner_ids
from bot.services.context import Context
from bot.services.growing import ending, keeping
from bot.services.programmes.leads import check_leads
from bot.services.requests import referrals
from bot.services.requests.routing import OPEN_OFFERS, end_offer, route, take_back, try_waiting
from bot.services.sessions.calling_off import call_off, step_out
from bot.services.sessions.following import THANKS_CARDS
from bot.store.tables import Enrolment, Job, Offer, Person, Request, Session
from bot.store.work import Work


async def pass_on_offers(
    ctx: Context, work: Work, mentor: Person, *, programme_id: int | None = None
) -> None:
    """Put every offer that waits for this person's answer to the next mentor.

    With `programme_id`, only those of that programme; what they are asked by name, not because
    they mentor there, stays with them.
    """
    statement = (
        select(Offer, Request, Person)
        .join(Request, col(Request.id) == Offer.request_id)
        .join(Person, col(Person.id) == Request.mentee_id)
        .where(Offer.mentor_id == mentor.id, col(Offer.state).in_(OPEN_OFFERS))
        .order_by(col(Request.id))
        .with_for_update(of=[Request, Offer], key_share=True)
    )
    if programme_id is not None:
        here = Request.programme_id == programme_id
        statement = statement.where(here, col(Request.invited_id).is_(None))
    for offer, request, mentee in (await work.session.execute(statement)).all():
        await end_offer(work, offer, "expire", ctx.now())
        await work.touch(Job.request_id == request.id, now=ctx.now())
        await route(ctx, work, request, mentee)


async def settle_open_matters(ctx: Context, work: Work, gone: Person) -> None:
    """Someone left the workspace: nothing of theirs stays open, and their partners are told."""
    for enrolment in await _enrolments(work, gone.id):
        enrolment.ended_at = ctx.now()
    await check_leads(ctx, work, gone)
    await pass_on_offers(ctx, work, gone)
    for request in await _open_requests(work, gone.id):
        await take_back(ctx, work, request, reason="person_gone")
    for session in await _sessions_ahead(work, gone.id):
        if session.third_id is not None:
            await step_out(ctx, work, session, gone)
            continue
        left = session.mentor_id if session.mentee_id == gone.id else session.mentee_id
        await call_off(ctx, work, session, by=gone, reason=None, note="gone", tell_id=left)
    await _tell_who_stays(work, gone.id)
    await referrals.part(work, gone, ctx.now())
    await keeping.part(ctx, work, gone)
    await ending.part(ctx, work, gone)
    await work.cancel_unsaid(Job.recipient_id == gone.id, reason="person_gone")
    await _ask_for_no_thanks(work, gone.id, ctx.now())
    await try_waiting(ctx, work, gone.workspace_id)


async def _tell_who_stays(work: Work, gone_id: int) -> None:
    """What was called off before they left, and waits to be said to the pair, is said to the one of
    the two who is still here."""
    waits = (
        select(Job, Session)
        .join(Session, col(Session.id) == Job.session_id)
        .where(
            is_in(gone_id),
            col(Session.third_id).is_(None),
            Session.state == SessionState.CANCELLED,
            col(Job.kind).in_((JobKind.SESSION_CANCELLED, JobKind.CALENDAR_FILE)),
            Job.state == JobState.PENDING,
            col(Job.recipient_id).is_(None),
            col(Job.slack_ts).is_(None),
        )
        .order_by(col(Job.id))
        .with_for_update(of=Job)
    )
    for news, session in (await work.session.execute(waits)).all():
        news.recipient_id = partner_ids(session, gone_id)[0]
        news.revision += 1


async def _ask_for_no_thanks(work: Work, person_id: int, now: datetime) -> None:
    """Cards that ask a partner to thank somebody who reads nothing here any more say so."""
    held = select(Session.id).where(is_in(person_id), Session.state == SessionState.HELD)
    cards = (col(Job.session_id).in_(held), col(Job.kind).in_(THANKS_CARDS))
    await work.touch(*cards, now=now)


async def _enrolments(work: Work, person_id: int) -> list[Enrolment]:
    statement = select(Enrolment).where(
        Enrolment.person_id == person_id, col(Enrolment.ended_at).is_(None)
    )
    return list((await work.session.execute(statement)).scalars())


async def _open_requests(work: Work, person_id: int) -> list[Request]:
    statement = (
        select(Request)
        .where(
            Request.mentee_id == person_id,
            col(Request.state).in_([RequestState.ROUTING, RequestState.WAITING]),
        )
        .order_by(col(Request.id))
        .with_for_update(key_share=True)
    )
    return list((await work.session.execute(statement)).scalars())


async def _sessions_ahead(work: Work, person_id: int) -> list[Session]:
    statement = (
        select(Session)
        .where(
            is_in(person_id),
            col(Session.state).in_([SessionState.MATCHED, SessionState.SCHEDULED]),
        )
        .order_by(col(Session.id))
        .with_for_update(key_share=True)
    )
    return list((await work.session.execute(statement)).scalars())
