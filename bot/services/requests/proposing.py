"""Something shorter (1.3): the person asked suggests it, whoever asked takes it or not."""

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import LENGTHS
from bot.domain.states import OfferState, advance
from bot.domain.timeline.before import OFFER_HOURS
from bot.services.access import access_offer, active_person, hold_routing, lock_offer
from bot.services.context import Context
from bot.services.jobs import question
from bot.services.reading import session_view
from bot.services.requests.answering import match_up
from bot.services.requests.by_name import decline_for_good
from bot.services.requests.routing import end_offer, try_waiting
from bot.services.seeing import hours_of
from bot.services.views import SessionView
from bot.store.tables import Job, Offer, Person, Request
from bot.store.work import Work


async def propose(ctx: Context, *, actor_id: int, offer_id: int, minutes: int) -> None:
    """Whoever was asked by name could do `minutes`; the asker has as long as an offer to answer.

    Raises RuleBroken "not_yours", "unknown_choice" for a length that is not shorter; NotAllowed
    "offer_proposed" or "offer_over".
    """
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        offer, request = await access_offer(work, actor, offer_id)
        if request.invited_id is None or not _is_shorter(minutes, request):
            raise RuleBroken("unknown_choice")
        now = ctx.now()
        asker = await work.session.get_one(Person, request.mentee_id)
        offer.state, offer.proposed_minutes = advance(offer.state, "propose"), minutes
        offer.expires_at = hours_of(asker).add_weekday_hours(now, OFFER_HOURS)
        await work.cancel_unsaid(Job.offer_id == offer.id, reason="proposed")
        await work.touch(Job.request_id == request.id, now=now)
        await _ask_the_asker(work, offer, request, asker, ctx)
        await work.commit()


async def take_shorter(ctx: Context, *, actor_id: int, offer_id: int) -> SessionView:
    """The asker takes what was suggested: a session of that length.

    Raises RuleBroken "not_yours"; NotAllowed "offer_over", or "request_over".
    """
    async with ctx.db.work() as work:
        offer, request = await _access_proposal(work, actor_id, offer_id)
        assert offer.proposed_minutes is not None
        request.length_minutes = offer.proposed_minutes
        session = await match_up(ctx, work, offer, request)
        await work.commit()
    return await session_view(ctx, session_id=session.id)


async def rather_not(ctx: Context, *, actor_id: int, offer_id: int) -> None:
    """The asker would rather not have it so short; nobody else is asked. Raises likewise."""
    async with ctx.db.work() as work:
        offer, request = await _access_proposal(work, actor_id, offer_id)
        asker = await work.session.get_one(Person, actor_id)
        await end_offer(work, offer, "decline", ctx.now())
        await decline_for_good(ctx, work, request, asker, tell=False)
        await try_waiting(ctx, work, asker.workspace_id)
        await work.commit()


def _is_shorter(minutes: int, request: Request) -> bool:
    return minutes in LENGTHS and minutes < request.length_minutes


async def _ask_the_asker(
    work: Work, offer: Offer, request: Request, asker: Person, ctx: Context
) -> None:
    keys = (f"offer:{offer.id}:proposal", f"offer:{offer.id}:proposal_expiry")
    asked = question(
        asker,
        JobKind.PROPOSAL,
        JobKind.OFFER_EXPIRY,
        keys,
        now=ctx.now(),
        until=offer.expires_at,
        request_id=request.id,
        offer_id=offer.id,
    )
    await work.plan(*asked)


async def _access_proposal(work: Work, actor_id: int, offer_id: int) -> tuple[Offer, Request]:
    """What was suggested to this person, held for a change."""
    actor = await active_person(work, actor_id)
    await hold_routing(work, actor.workspace_id)
    seen = await work.session.get(Offer, offer_id)
    if seen is None:
        raise RuleBroken("not_yours")
    offer, request = await lock_offer(work, seen)
    if request.mentee_id != actor_id or offer.state is OfferState.PENDING:
        raise RuleBroken("not_yours")
    return offer, request
