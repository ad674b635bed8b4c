"""Somebody better placed (1.3, 3.5): one names them, the asker is asked first, they come last.

Nobody is told anything before those ahead of them have said yes to it.
"""

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import ReferralKind
from bot.domain.states import ReferralState, advance
from bot.domain.timeline.before import OFFER_HOURS
from bot.domain.words import check_text
from bot.services.access import access_offer, active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import question
from bot.services.requests.asking_again import same_words
from bot.services.requests.by_name import decline_for_good, may_be_asked, put_by_name, was_asked
from bot.services.requests.referrals import settle, tell_how_it_ended
from bot.services.requests.routing import end_offer, try_waiting
from bot.services.seeing import hours_of
from bot.store.tables import Job, Person, Referral, Request, Session
from bot.store.work import Work


async def name_instead(
    ctx: Context,
    *,
    actor_id: int,
    offer_id: int,
    to_id: int,
    words: str = "",
    receipt: str | None = None,
) -> None:
    """Whoever was asked by name cannot, and knows somebody better placed: the asker is asked.

    Raises RuleBroken "not_yours"; at "person": "referral_self", "referral_asker", "mentor_asked"
    (`name`), and what `by_name.may_be_asked` raises; "too_long" at "why"; NotAllowed "offer_over"
    or "offer_proposed". AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await active_person(work, actor_id)
        offer, request = await access_offer(work, actor, offer_id)
        if request.invited_id is None:
            raise RuleBroken("not_yours")
        asker = await work.session.get_one(Person, request.mentee_id)
        person = await somebody_else(ctx, work, actor, asker, to_id, request)
        await end_offer(work, offer, "decline", now)
        await work.touch(Job.request_id == request.id, now=now)
        referral = Referral(
            workspace_id=asker.workspace_id,
            kind=ReferralKind.INSTEAD,
            request_id=request.id,
            from_id=actor.id,
            to_id=person.id,
            for_id=asker.id,
            words=check_text(words, field="why", required=False) or None,
            state=ReferralState.NAMED,
            made_at=now,
        )
        await ask_first(ctx, work, await work.add(referral), asker)
        await try_waiting(ctx, work, asker.workspace_id)
        await work.commit()


async def agree(ctx: Context, *, actor_id: int, referral_id: int) -> None:
    """The asker would like it: the person named is asked, and told who suggested them.

    Raises RuleBroken "not_yours", what `by_name.may_be_asked` raises for somebody who cannot be
    asked any more; NotAllowed "referral_agreed" or "referral_over".
    """
    async with ctx.db.work() as work:
        asker, referral = await access_referral(work, actor_id, referral_id)
        now = ctx.now()
        state = advance(referral.state, "agree")
        person = await may_be_asked(ctx, work, asker, referral.to_id)
        referral.state = state
        await work.cancel_unsaid(Job.referral_id == referral.id, reason="agreed")
        await work.touch(Job.referral_id == referral.id, now=now)
        if referral.kind is ReferralKind.INTRODUCTION:
            await ask_the_named(ctx, work, referral, person)
        else:
            request = await _request_of(ctx, work, referral)
            await put_by_name(work, request, person, now)
            await work.touch(Job.request_id == request.id, now=now)
        await work.commit()


async def drop(ctx: Context, *, actor_id: int, referral_id: int) -> None:
    """The asker would rather not: the person named never hears of it.

    Raises RuleBroken "not_yours"; NotAllowed "referral_agreed" (they are being asked), or
    "referral_over".
    """
    async with ctx.db.work() as work:
        asker, referral = await access_referral(work, actor_id, referral_id)
        await _let_go(ctx, work, referral, asker, tell=False)
        await work.commit()


async def expire_referral(ctx: Context, *, referral_id: int) -> None:
    """The asker, or who is to be introduced, did not answer in time; quiet if they did."""
    async with ctx.db.work() as work:
        seen = await work.session.get(Referral, referral_id)
        if seen is None:
            return
        asker, referral = await access_referral(work, seen.for_id, referral_id)
        if referral.state is ReferralState.NAMED:
            await _let_go(ctx, work, referral, asker, tell=False)
        elif referral.state is ReferralState.AGREED and _is_introduction(referral):
            await settle(work, referral, "drop", ctx.now())
            await tell_how_it_ended(work, referral, ctx.now(), mentee_too=True)
        await work.commit()


async def somebody_else(
    ctx: Context,
    work: Work,
    actor: Person,
    asker: Person,
    to_id: int,
    request: Request | None = None,
) -> Person:
    """Whom one may name for another. Raises RuleBroken at "person", as `name_instead` says."""
    try:
        if to_id == actor.id:
            raise RuleBroken("referral_self")
        if to_id == asker.id:
            raise RuleBroken("referral_asker")
        person = await may_be_asked(ctx, work, asker, to_id)
        if request is not None and await was_asked(work, request.id, to_id):
            raise RuleBroken("mentor_asked", name=person.name)
    except RuleBroken as rule:
        raise rule.at("person") from None
    return person


async def ask_first(ctx: Context, work: Work, referral: Referral, asker: Person) -> None:
    """Whoever it is for hears first of somebody being named, and has time to think."""
    await _ask(ctx, work, referral, asker, JobKind.REFERRAL_ASK, ("ask", "expiry"))


async def ask_the_named(ctx: Context, work: Work, referral: Referral, person: Person) -> None:
    """The mentee would like to be introduced: the person named is asked, and has their time."""
    await _ask(ctx, work, referral, person, JobKind.REFERRAL_CARD, ("card", "card_expiry"))


async def _ask(
    ctx: Context,
    work: Work,
    referral: Referral,
    whom: Person,
    kind: JobKind,
    ends: tuple[str, str],
) -> None:
    now = ctx.now()
    keys = (f"referral:{referral.id}:{ends[0]}", f"referral:{referral.id}:{ends[1]}")
    until = hours_of(whom).add_weekday_hours(now, OFFER_HOURS)
    over = JobKind.REFERRAL_EXPIRY
    await work.plan(
        *question(whom, kind, over, keys, now=now, until=until, referral_id=referral.id)
    )


async def access_referral(work: Work, actor_id: int, referral_id: int) -> tuple[Person, Referral]:
    """A referral with whom it is for, held for a change; RuleBroken "not_yours" for others."""
    actor = await work.session.get_one(Person, actor_id)
    await hold_routing(work, actor.workspace_id)
    referral = await work.lock(Referral, referral_id)
    if referral is None or referral.for_id != actor_id:
        raise RuleBroken("not_yours")
    return actor, referral


async def _let_go(
    ctx: Context, work: Work, referral: Referral, asker: Person, *, tell: bool
) -> None:
    if referral.state is ReferralState.AGREED:
        advance(referral.state, "agree")  # they are being asked already: said so
    await settle(work, referral, "drop", ctx.now())
    await tell_how_it_ended(work, referral, ctx.now())
    if referral.request_id is not None:
        request = await work.lock(Request, referral.request_id)
        assert request is not None
        await decline_for_good(ctx, work, request, asker, tell=tell)


def _is_introduction(referral: Referral) -> bool:
    return referral.kind is ReferralKind.INTRODUCTION


async def _request_of(ctx: Context, work: Work, referral: Referral) -> Request:
    """What the person named is asked: the invitation they were named in, or that of a talk."""
    if referral.request_id is not None:
        held = await work.lock(Request, referral.request_id)
        assert held is not None
        return held
    assert referral.session_id is not None
    session = await work.session.get_one(Session, referral.session_id)
    request = await work.add(await same_words(ctx, work, session, referral.to_id))
    referral.request_id = request.id
    await work.session.flush()
    return request
