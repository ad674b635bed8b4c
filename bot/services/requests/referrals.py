"""What becomes of a referral when the offer that came of it is settled (1.3, 3.12).

Everything here is for transactions that hold the routing (`access.hold_routing`).
"""

from datetime import datetime

from sqlmodel import col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import ReferralState, advance
from bot.services.jobs import job_to
from bot.store.tables import Job, Offer, Person, Referral
from bot.store.work import Work

OPEN_REFERRALS = (ReferralState.NAMED, ReferralState.AGREED)


async def settle_referral(work: Work, offer: Offer, verb: str, now: datetime) -> list[Referral]:
    """The one who was named has answered, or did not: "accept", "decline" or "drop".

    Gives what it settled; nothing for an offer that nobody's naming brought about.
    """
    held = await _held(work, offer.request_id, offer.mentor_id)
    settled = [each for each in held if each.state is ReferralState.AGREED]
    for referral in settled:
        await settle(work, referral, verb, now)
        if verb != "accept":
            await tell_how_it_ended(work, referral, now)
    return settled


async def drop_referrals(work: Work, request_id: int, now: datetime) -> None:
    """The request was taken back: nobody who was named is asked any more."""
    for referral in await _held(work, request_id, None):
        await settle(work, referral, "drop", now)


async def part(work: Work, gone: Person, now: datetime) -> None:
    """Nobody is introduced to, or by, somebody who left; those who wait for an answer hear so.

    Of a request by name the asker still decides what becomes of it, or their silence does.
    """
    roles = (Referral.from_id, Referral.to_id, Referral.for_id)
    statement = (
        select(Referral)
        .where(
            or_(*(col(role) == gone.id for role in roles)),
            col(Referral.session_id).is_not(None),
            col(Referral.state).in_(OPEN_REFERRALS),
        )
        .order_by(col(Referral.id))
        .with_for_update(key_share=True)
    )
    for referral in (await work.session.execute(statement)).scalars():
        was_asked = referral.state is ReferralState.AGREED
        await settle(work, referral, "drop", now)
        if referral.to_id == gone.id:
            await tell_how_it_ended(work, referral, now, mentee_too=was_asked)


async def settle(work: Work, referral: Referral, verb: str, now: datetime) -> None:
    """A referral's last change; what was said of it is said as things are now.

    Raises NotAllowed "referral_named", "referral_agreed" or "referral_over".
    """
    referral.state, referral.settled_at = advance(referral.state, verb), now
    await work.cancel_unsaid(Job.referral_id == referral.id, reason="settled")
    await work.touch(Job.referral_id == referral.id, now=now)


async def tell_how_it_ended(
    work: Work, referral: Referral, now: datetime, *, mentee_too: bool = False
) -> None:
    """Nothing came of it: whoever named somebody in a talk hears so, and not who would rather not.

    With `mentee_too` the mentee hears that the one named cannot.
    """
    if referral.session_id is None:
        return
    told = [(referral.from_id, "nothing")] + ([(referral.for_id, "cannot")] if mentee_too else [])
    for person_id, note in told:
        person = await work.session.get_one(Person, person_id)
        key = f"referral:{referral.id}:news:{note}"
        news = job_to(person, JobKind.REFERRAL_NEWS, key, now=now, referral_id=referral.id)
        news.note = note
        await work.plan(news)


async def _held(work: Work, request_id: int, to_id: int | None) -> list[Referral]:
    statement = (
        select(Referral)
        .where(Referral.request_id == request_id, col(Referral.state).in_(OPEN_REFERRALS))
        .order_by(col(Referral.id))
        .with_for_update(key_share=True)
    )
    if to_id is not None:
        statement = statement.where(Referral.to_id == to_id)
    return list((await work.session.execute(statement)).scalars())
