"""A mentor answers an offer, or does not (1.5). The first answer wins; a second one is told so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState, RequestState, SessionState, advance, may
from bot.domain.words import check_text
from bot.services.access import access_offer, active_person, hold_routing, lock_offer
from bot.services.context import Context
from bot.services.reading import session_view
from bot.services.requests.referrals import settle_referral
from bot.services.requests.routing import OPEN_OFFERS, end_offer, route, try_waiting
from bot.services.sessions.calling_off import call_off, step_out
from bot.services.sessions.planning import replan
from bot.services.views import SessionView
from bot.store.tables import Job, Match, Offer, Person, Referral, Request, Session
from bot.store.work import Work


async def accept(
    ctx: Context, *, actor_id: int, offer_id: int, receipt: str | None = None
) -> SessionView:
    """The mentor says yes: a match, a session, and everything that follows from it.

    Raises RuleBroken "not_yours", or NotAllowed "offer_over" (fact `state`) when it was settled
    before, by this person or by time; AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        mentor = await active_person(work, actor_id)
        offer, request = await access_offer(work, mentor, offer_id)
        if offer.state is OfferState.PROPOSED:  # what was suggested is for the other to take
            raise NotAllowed("offer_proposed", state=offer.state.value, verb="accept")
        session = await match_up(ctx, work, offer, request)
        await work.commit()
    return await session_view(ctx, session_id=session.id)


async def match_up(ctx: Context, work: Work, offer: Offer, request: Request) -> Session:
    """An offer is taken: a match, a session, all that follows. Routing and both rows are held.

    Raises NotAllowed "offer_over" or "request_over".
    """
    now = ctx.now()
    offer.state, offer.decided_at = advance(offer.state, "accept"), now
    request.state, request.settled_at = advance(request.state, "match"), now
    mentee = await work.session.get_one(Person, request.mentee_id)
    session = await start_session(work, request, offer.mentor_id, offer.reasons, now)
    await work.cancel_unsaid(Job.offer_id == offer.id, reason="accepted")
    for referral in await settle_referral(work, offer, "accept", now):
        await _leave_the_old(ctx, work, referral)
    await work.touch(Job.request_id == request.id, now=now)
    await replan(ctx, work, session, mentee.workspace_id)
    return session


async def _leave_the_old(ctx: Context, work: Work, referral: Referral) -> None:
    """It was beyond one mentor, and another said yes: the talk with the first is called off.

    One of a formal pair stays: they have more to talk about.
    """
    if referral.session_id is None:
        return
    old = await work.lock(Session, referral.session_id)
    if old is None or old.relationship_id is not None or not may(old.state, "cancel"):
        return
    if old.third_id is not None:
        mentee = await work.session.get_one(Person, referral.for_id)
        await step_out(ctx, work, old, mentee)
        return
    mentor = await work.session.get_one(Person, referral.from_id)
    await call_off(ctx, work, old, by=mentor, note="referred")
    cards = (Job.session_id == old.id, col(Job.kind) == JobKind.SOMEBODY_ELSE)
    await work.cancel_unsaid(*cards, reason="referred")


async def decline(
    ctx: Context,
    *,
    actor_id: int,
    offer_id: int,
    words: str = "",
    receipt: str | None = None,
) -> None:
    """The mentor says not this time; the next best is asked, unless they were asked by name.

    `words` are a kind reason, which only somebody who asked by name is told. Raises as `accept`
    does; RuleBroken "too_long" at "why"; AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        mentor = await work.session.get_one(Person, actor_id)
        offer, request = await access_offer(work, mentor, offer_id)
        if offer.state is OfferState.PROPOSED:
            raise NotAllowed("offer_proposed", state=offer.state.value, verb="decline")
        if request.invited_id is not None:
            offer.words = check_text(words, field="why", required=False) or None
        await _move_on(ctx, work, offer, request, "decline")
        await work.commit()


async def expire_offer(ctx: Context, *, offer_id: int) -> None:
    """No answer came in time; the next best is asked. Nothing happens if one came after all.

    Something shorter that was suggested has its own time, and the asker is who answers it.
    """
    async with ctx.db.work() as work:
        seen = await work.session.get(Offer, offer_id)
        if seen is None:
            return
        mentor = await work.session.get_one(Person, seen.mentor_id)
        await hold_routing(work, mentor.workspace_id)
        offer, request = await lock_offer(work, seen)
        early = offer.state is OfferState.PROPOSED and ctx.now() < offer.expires_at
        if offer.state not in OPEN_OFFERS or early:
            return
        await _move_on(ctx, work, offer, request, "expire")
        await work.commit()


async def retry_request(ctx: Context, *, request_id: int) -> None:
    """Look again for a mentor for a request that waits; nothing happens if it does not."""
    async with ctx.db.work() as work:
        seen = await work.session.get(Request, request_id)
        if seen is None:
            return
        mentee = await work.session.get_one(Person, seen.mentee_id)
        await hold_routing(work, mentee.workspace_id)
        request = await work.lock(Request, request_id)
        if request is None or request.state is not RequestState.WAITING:
            return
        await route(ctx, work, request, mentee)
        await work.commit()


async def _move_on(ctx: Context, work: Work, offer: Offer, request: Request, verb: str) -> None:
    """This request goes on first; the mentor's place may then serve one that waits."""
    await end_offer(work, offer, verb, ctx.now())
    await work.touch(Job.request_id == request.id, now=ctx.now())
    mentee = await work.session.get_one(Person, request.mentee_id)
    await route(ctx, work, request, mentee)
    await try_waiting(ctx, work, mentee.workspace_id)


async def start_session(
    work: Work, request: Request, mentor_id: int, reasons: Sequence[dict[str, Any]], now: datetime
) -> Session:
    """The match of a request with this mentor, and its session; nothing is planned yet."""
    match = await work.add(
        Match(
            request_id=request.id,
            mentor_id=mentor_id,
            mentee_id=request.mentee_id,
            reasons=list(reasons),
            made_at=now,
        )
    )
    return await work.add(
        Session(
            programme_id=request.programme_id,
            match_id=match.id,
            mentor_id=mentor_id,
            mentee_id=request.mentee_id,
            kind=request.kind,
            is_taster=request.is_taster,
            state=SessionState.MATCHED,
            length_minutes=request.length_minutes,
            matched_at=now,
        )
    )
