"""An offer and its job, and what a service does to settle it."""

from bot.domain.job_kinds import JobKind
from bot.domain.states import OfferState
from bot.store.tables import Job, Offer, Person
from tests.support.facts import Facts


async def an_offer(facts: Facts) -> tuple[Offer, Job]:
    offer = await facts.offer(
        await facts.request(await facts.person("Ada")), await facts.mentor("Grace")
    )
    mentor = await facts.one(Person, offer.mentor_id)
    return offer, await facts.job(JobKind.OFFER, offer_id=offer.id, recipient=mentor)


async def settle(facts: Facts, offer: Offer, state: OfferState) -> None:
    """What a service does: change the fact, and touch the messages that show it."""
    async with facts.db.work() as work:
        row = await work.lock(Offer, offer.id)
        assert row is not None
        row.state = state
        await work.cancel_unsaid(Job.offer_id == offer.id, reason="settled")
        await work.touch(Job.offer_id == offer.id, now=facts.now)
        await work.commit()
