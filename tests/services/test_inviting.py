"""One person asked by name: who may be, what comes of it, and what happens at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import OfferState, ReferralState, RequestState
from bot.services.requests import answering, asking, capacity, inviting, proposing, referring
from bot.services.requests.inviting import InviteForm
from bot.services.sessions import closing
from bot.services.views import RequestView
from bot.store.tables import Apart, Offer, Person, Place, Referral, Request
from tests.services.story import Story, breaks

WORDS: dict[str, Any] = {"topic": "How you came to design", "hoped_for": "One thing to try"}


async def invites(story: Story, asker: Person, person: Person, **form: Any) -> RequestView:
    given = InviteForm(person_id=person.id, **{**WORDS, **form})
    return await inviting.invite(story.ctx, asker_id=asker.id, form=given)


@pytest.fixture
async def bo(story: Story) -> Person:
    """Somebody who is no mentor."""
    return await story.facts.person("Bo")


async def test_it_is_put_to_them_alone(
    story: Story, mentee: Person, mentor: Person, bo: Person
) -> None:
    view = await invites(story, mentee, bo)
    assert (view.kind, view.is_taster, view.invited and view.invited.id) == (
        Kind.SPOT,
        False,
        bo.id,
    )
    assert view.offer_id is not None
    await answering.decline(story.ctx, actor_id=bo.id, offer_id=view.offer_id, words=" Later? ")
    (offer,) = await story.facts.all(Offer)
    assert (offer.state, offer.words) == (OfferState.DECLINED, "Later?")
    assert (await story.facts.one(Request, view.id)).state is RequestState.DECLINED
    news = await story.job(JobKind.REQUEST_NEWS)
    assert (news.recipient_id, news.note) == (mentee.id, "declined")
    assert mentor.id not in {job.recipient_id for job in await story.jobs()}


async def test_who_cannot_be_asked(story: Story, mentee: Person) -> None:
    now = story.ctx.now()
    cases = {
        "bot": await story.facts.person("Robo", is_bot=True),
        "guest": await story.facts.person("Gus", is_guest=True),
        "deactivated": await story.facts.person("Del", is_deleted=True),
        "invite_self": mentee,
    }
    apart = await story.facts.person("Kay")
    await story.facts.add(Apart(person_id=apart.id, other_id=mentee.id, made_at=now))
    quiet = [
        apart,
        await story.facts.person("Pia", paused_at=now),
        await story.facts.person("Ava", away_until=now + timedelta(days=2)),
    ]
    pairs = [*cases.items(), *(("mentor_unavailable", one) for one in quiet)]
    for key, person in pairs:
        with breaks(key, "person"):
            await invites(story, mentee, person)
    assert await story.facts.all(Request) == []


async def test_the_same_person_once_at_a_time(story: Story, mentee: Person, bo: Person) -> None:
    found: list[Any] = await asyncio.gather(
        *(invites(story, mentee, bo) for _ in range(3)), return_exceptions=True
    )
    refused = [each.key for each in found if isinstance(each, RuleBroken)]
    assert refused == ["invited_already"] * 2
    (request,) = await story.facts.all(Request)
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    await invites(story, mentee, bo)


async def test_a_mentor_gives_a_place_and_a_full_one_only_a_kindness(
    story: Story, mentee: Person, bo: Person
) -> None:
    mentor = await story.facts.mentor("Grace", capacity=1)
    programme, now = await story.facts.programme(), story.ctx.now()
    async with story.ctx.db.work() as work:
        assert not await capacity.is_full(work, mentor.id, programme.id, now)
        assert not await capacity.is_full(work, bo.id, programme.id, now)
    await invites(story, bo, mentor)
    async with story.ctx.db.work() as work:
        assert await capacity.is_full(work, mentor.id, programme.id, now)
    with breaks("invitee_full", "person"):
        await invites(story, mentee, mentor)
    view = await invites(story, mentee, mentor, one_off=True)
    assert view.offer_id is not None
    seen = await inviting.invitation(story.ctx, actor_id=mentor.id, offer_id=view.offer_id)
    assert seen.one_off
    assert len(await story.facts.all(Place)) == 1
    asked = await story.asks(mentee)
    assert asked.state is RequestState.WAITING  # nobody full is matched


async def test_shorter_taken_declined_withdrawn_and_expired_at_once(
    story: Story, mentee: Person
) -> None:
    for number in range(4):
        person = await story.facts.person(f"Person {number}")
        view = await invites(story, mentee, person)
        offer_id = view.offer_id or 0
        await proposing.propose(story.ctx, actor_id=person.id, offer_id=offer_id, minutes=15)
        results: Any = await asyncio.gather(
            proposing.take_shorter(story.ctx, actor_id=mentee.id, offer_id=offer_id),
            proposing.rather_not(story.ctx, actor_id=mentee.id, offer_id=offer_id),
            asking.withdraw(story.ctx, actor_id=mentee.id, request_id=view.id),
            answering.expire_offer(story.ctx, offer_id=offer_id),
            return_exceptions=True,
        )
        wrong = [
            e for e in results if isinstance(e, BaseException) and not isinstance(e, NotAllowed)
        ]
        assert wrong == []
        row = await story.facts.one(Request, view.id)
        assert row.state in (RequestState.MATCHED, RequestState.DECLINED, RequestState.WITHDRAWN)
        offer = await story.facts.one(Offer, offer_id)
        assert (offer.state is OfferState.ACCEPTED) == (row.state is RequestState.MATCHED)


async def test_a_shorter_one_keeps_its_own_time(story: Story, mentee: Person, bo: Person) -> None:
    view = await invites(story, mentee, bo)
    offer_id = view.offer_id or 0
    for minutes in (30, 45, 20):
        with breaks("unknown_choice"):
            await proposing.propose(story.ctx, actor_id=bo.id, offer_id=offer_id, minutes=minutes)
    await proposing.propose(story.ctx, actor_id=bo.id, offer_id=offer_id, minutes=15)
    with breaks("offer_proposed", kind=NotAllowed):
        await answering.accept(story.ctx, actor_id=bo.id, offer_id=offer_id)
    with breaks("not_yours"):
        await proposing.take_shorter(story.ctx, actor_id=bo.id, offer_id=offer_id)
    await answering.expire_offer(story.ctx, offer_id=offer_id)  # the old job, a moment late
    assert (await story.facts.one(Offer, offer_id)).state is OfferState.PROPOSED
    session = await proposing.take_shorter(story.ctx, actor_id=mentee.id, offer_id=offer_id)
    assert session.length_minutes == 15


async def test_a_referral_is_settled_with_its_request(
    story: Story, mentee: Person, bo: Person
) -> None:
    third = await story.facts.person("Chen")
    view = await invites(story, mentee, bo)
    offer_id = view.offer_id or 0
    for whom, key in ((bo, "referral_self"), (mentee, "referral_asker")):
        with breaks(key, "person"):
            await referring.name_instead(
                story.ctx, actor_id=bo.id, offer_id=offer_id, to_id=whom.id
            )
    await referring.name_instead(
        story.ctx, actor_id=bo.id, offer_id=offer_id, to_id=third.id, words="She did it."
    )
    (referral,) = await story.facts.all(Referral)
    with breaks("not_yours"):
        await referring.agree(story.ctx, actor_id=third.id, referral_id=referral.id)
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=view.id)
    assert (await story.facts.one(Referral, referral.id)).state is ReferralState.DROPPED
    with breaks("referral_over", kind=NotAllowed):
        await referring.agree(story.ctx, actor_id=mentee.id, referral_id=referral.id)
    await closing.erase_request(story.ctx, request_id=view.id)
    assert (await story.facts.one(Referral, referral.id)).words is None


async def test_agreeing_and_dropping_at_once(story: Story, mentee: Person, bo: Person) -> None:
    for number in range(3):
        third = await story.facts.person(f"Chen {number}")
        view = await invites(story, mentee, bo)
        await referring.name_instead(
            story.ctx, actor_id=bo.id, offer_id=view.offer_id or 0, to_id=third.id
        )
        referral = (await story.facts.all(Referral))[-1]
        about: dict[str, Any] = {"actor_id": mentee.id, "referral_id": referral.id}
        results: Any = await asyncio.gather(
            referring.agree(story.ctx, **about),
            referring.drop(story.ctx, **about),
            return_exceptions=True,
        )
        assert sum(isinstance(each, NotAllowed) for each in results) == 1
        row = await story.facts.one(Referral, referral.id)
        asked = [offer.mentor_id for offer in await story.facts.all(Offer)]
        assert (row.state is ReferralState.AGREED) == (third.id in asked)
        if row.state is ReferralState.AGREED:
            await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=view.id)
