"""A request on its way: the next best mentor is asked, or it waits, first in line (1.5).

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState, RequestState, advance
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.programmes.leads import is_led, plan_news
from bot.services.requests.by_name import decline_for_good, plan_erasure_of
from bot.services.requests.candidates import Candidate, best_candidate
from bot.services.requests.offers import make_offer
from bot.services.requests.referrals import drop_referrals, settle_referral
from bot.services.seeing import days_off, hours_of
from bot.store.tables import Job, Offer, Person, Place, Programme, Request
from bot.store.work import Work

OPEN_OFFERS = (OfferState.PENDING, OfferState.PROPOSED)
WAITING_LOOKED_AT = 20  # waiting requests tried when somebody becomes free


async def route(ctx: Context, work: Work, request: Request, mentee: Person) -> None:
    """Ask the best available mentor that was not asked yet, or let the request wait.

    Plans the offer's jobs, and news for the mentee unless this is the first mentor asked. A
    request to one person by name is over when that one cannot.
    """
    now = ctx.now()
    if request.invited_id is not None:
        await decline_for_good(ctx, work, request, mentee)
        return
    asked = await _asked(work, request.id)
    candidate = await best_candidate(work, request, mentee, asked, now)
    if candidate is not None:
        await put_to_candidate(work, request, mentee, candidate, len(asked), now)
        return
    before, request.state = request.state, advance(request.state, "wait")
    request.waiting_since = request.waiting_since or now
    if before is RequestState.ROUTING:
        await _tell_leads(ctx, work, request)
        if asked:
            await _tell(work, request, mentee, "waiting", len(asked), now)
    await _show_on_board(work, request, now)
    await _look_again(work, request, mentee, now)


async def put_to_candidate(
    work: Work, request: Request, mentee: Person, candidate: Candidate, asked: int, now: datetime
) -> None:
    """Ask this mentor, after `asked` others: the offer, its place and its jobs; news if any."""
    await _make_offer(work, request, candidate, now)
    request.state = advance(request.state, "offer")
    await work.touch(Job.request_id == request.id, col(Job.kind) == JobKind.BOARD_CARD, now=now)
    if asked or request.waiting_since is not None:
        await _tell(work, request, mentee, "moved_on", asked, now)


async def try_waiting(ctx: Context, work: Work, workspace_id: int) -> None:
    """Somebody became free: try the workspace's waiting requests, the longest waiting first."""
    statement = (
        select(Request, Person)
        .join(Person, col(Person.id) == Request.mentee_id)
        .where(Request.state == RequestState.WAITING, Person.workspace_id == workspace_id)
        .order_by(col(Request.waiting_since), col(Request.id))
        .limit(WAITING_LOOKED_AT)
        .with_for_update(of=Request, key_share=True)
    )
    for request, mentee in (await work.session.execute(statement)).all():
        await route(ctx, work, request, mentee)


async def take_back(ctx: Context, work: Work, request: Request, *, reason: str) -> None:
    """Withdraw a request: nobody is asked any more, and its words are kept no longer than others.

    Raises NotAllowed "request_over" when it was matched or withdrawn. Whoever was asked has their
    place back; the caller tries the requests that wait.
    """
    now = ctx.now()
    request.state, request.settled_at = advance(request.state, "withdraw"), now
    await work.cancel_unsaid(
        Job.request_id == request.id,
        col(Job.kind) != JobKind.REQUEST_RECEIPT,
        reason=reason,
    )
    offer = await _open_offer(work, request.id)
    if offer is not None:
        await end_offer(work, offer, "withdraw", now)
    await drop_referrals(work, request.id, now)
    await work.touch(Job.request_id == request.id, now=now)
    await plan_erasure_of(work, request, now)


async def end_offer(work: Work, offer: Offer, verb: str, now: datetime) -> None:
    """Decline, expire or withdraw an offer: its place is free, its card says so.

    Raises NotAllowed when it was settled before.
    """
    offer.state = advance(offer.state, verb)
    offer.decided_at = now
    await release(work, offer.id)
    await work.cancel_unsaid(Job.offer_id == offer.id, reason="settled")
    await work.touch(Job.offer_id == offer.id, now=now)
    await settle_referral(work, offer, "decline" if verb == "decline" else "drop", now)


async def release(work: Work, offer_id: int | None = None, *, match_id: int | None = None) -> None:
    """Give back the mentor's place that this offer, the session it became, or a round's match was
    holding."""
    for column, held_by in ((Place.offer_id, offer_id), (Place.match_id, match_id)):
        if held_by is not None:
            await work.session.execute(delete(Place).where(col(column) == held_by))


async def _open_offer(work: Work, request_id: int) -> Offer | None:
    statement = (
        select(Offer)
        .where(Offer.request_id == request_id, col(Offer.state).in_(OPEN_OFFERS))
        .with_for_update(key_share=True)
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def _asked(work: Work, request_id: int) -> set[int]:
    statement = select(Offer.mentor_id).where(Offer.request_id == request_id)
    return set((await work.session.execute(statement)).scalars())


async def _make_offer(work: Work, request: Request, candidate: Candidate, now: datetime) -> None:
    scored = candidate.scored
    await make_offer(
        work,
        request,
        candidate.mentor,
        now=now,
        reasons=[{"key": each.key.value, "facts": dict(each.facts)} for each in scored.reasons],
        suitability=scored.suitability,
        place=(candidate.month, candidate.number),
    )


async def _tell(
    work: Work, request: Request, mentee: Person, note: str, count: int, now: datetime
) -> None:
    """News for the mentee, in the place of what was not said yet: only the last of it is true."""
    news = (Job.request_id == request.id, Job.kind == JobKind.REQUEST_NEWS)
    await work.cancel_unsaid(*news, reason="overtaken")
    key = f"request:{request.id}:news:{note}:{count}"
    await work.plan(
        job_to(mentee, JobKind.REQUEST_NEWS, key, now=now, note=note, request_id=request.id)
    )


async def _tell_leads(ctx: Context, work: Work, request: Request) -> None:
    """A request begins to wait: its programme's leads hear of it, at most once a working day."""
    programme = await work.session.get_one(Programme, request.programme_id)
    if not await is_led(work, programme):
        return
    hours = WorkingHours(
        programme.zone,
        programme.opens_at,
        programme.closes_at,
        holidays=days_off(programme.country, ctx.now()),
    )
    day = hours.local_day(hours.next_open(ctx.now()))
    await plan_news(ctx, work, programme, "waiting", once=f"waiting:{day}")


async def _show_on_board(work: Work, request: Request, now: datetime) -> None:
    """It waits: where the programme has an open board, its channel sees that somebody could help.

    It is shown there once, and its card is kept true. One that found a mentor before the channel's
    hours came was not shown, and is now.
    """
    programme = await work.session.get_one(Programme, request.programme_id)
    if not programme.open_board or programme.channel is None:
        return
    card = job(
        JobKind.BOARD_CARD,
        f"request:{request.id}:board",
        now=now,
        workspace_id=programme.workspace_id,
        programme_id=programme.id,
        request_id=request.id,
    )
    await work.plan(card)
    shown = (Job.request_id == request.id, col(Job.kind) == JobKind.BOARD_CARD)
    await work.want_again(*shown, now=now)
    await work.touch(*shown, now=now)


async def _look_again(work: Work, request: Request, mentee: Person, now: datetime) -> None:
    """Capacity comes back by itself, with a new month or the end of a pause: look once a day."""
    due = hours_of(mentee).add_working_days(now, 1)
    await work.plan(
        job(
            JobKind.REQUEST_RETRY,
            f"request:{request.id}:retry:{due.date()}",
            now=now,
            workspace_id=mentee.workspace_id,
            due_at=due,
            request_id=request.id,
        )
    )
