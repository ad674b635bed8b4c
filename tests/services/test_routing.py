"""A request on its way: who is asked, who is not, and what frees a place."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import OfferState, RequestState
from bot.services import people
from bot.services.requests import answering, asking, offering
from bot.services.sessions import timing
from bot.services.views import RequestView
from bot.store.tables import Enrolment, Offer, Person, Place, Request
from tests.services.story import Story


async def shape(story: Story, person: Person, **columns: Any) -> Person:
    """Change what a mentor offers."""
    async with story.ctx.db.work() as work:
        for row in await story.facts.all(Enrolment):
            if row.person_id == person.id:
                await work.session.merge(row.sqlmodel_update(columns))
        await work.commit()
    return person


async def now(story: Story, request: RequestView) -> RequestView:
    from bot.services.reading import request_view

    return await request_view(story.ctx, request_id=request.id)


async def asked(story: Story) -> list[int]:
    """Who was asked, in order."""
    return [offer.mentor_id for offer in await story.facts.all(Offer)]


async def test_the_best_is_asked_first_and_then_the_next(story: Story, mentee: Person) -> None:
    other = await shape(story, await story.facts.mentor("Other"), areas=["interviews"])
    best = await shape(story, await story.facts.mentor("Best"), areas=["feedback"])
    request = await story.asks(mentee, areas=["feedback"])
    assert await asked(story) == [best.id]
    (offer,) = await story.facts.all(Offer)
    assert {"key": "areas", "facts": {"areas": ["feedback"]}} in offer.reasons

    await answering.decline(story.ctx, actor_id=best.id, offer_id=offer.id)
    assert await asked(story) == [best.id, other.id]
    news = await story.job(JobKind.REQUEST_NEWS)
    assert (news.note, news.recipient_id) == ("moved_on", mentee.id)
    view = await now(story, request)
    assert (view.state, view.asked_before) == (RequestState.ROUTING, 1)
    assert (await story.facts.one(Offer, offer.id)).state is OfferState.DECLINED


async def test_silence_moves_it_on_too(story: Story, mentee: Person) -> None:
    for name in ("One", "Two"):
        await story.facts.mentor(name)
    request = await story.asks(mentee)
    assert request.offer_id is not None
    await story.at(request.offer_expires_at)
    await answering.expire_offer(story.ctx, offer_id=request.offer_id)
    assert len(set(await asked(story))) == 2
    await answering.expire_offer(story.ctx, offer_id=request.offer_id)  # said again: nothing
    await answering.expire_offer(story.ctx, offer_id=99)
    assert len(await asked(story)) == 2


async def test_after_the_last_it_waits_and_says_so(
    story: Story, mentee: Person, mentor: Person
) -> None:
    request = await story.asks(mentee)
    assert request.offer_id is not None
    await answering.decline(story.ctx, actor_id=mentor.id, offer_id=request.offer_id)
    view = await now(story, request)
    assert (view.state, view.waiting_since) == (RequestState.WAITING, story.ctx.now())
    assert (await story.job(JobKind.REQUEST_NEWS)).note == "waiting"
    assert not await story.facts.all(Place)


async def test_only_the_latest_news_is_told(story: Story, mentee: Person) -> None:
    for name in ("One", "Two"):
        await story.facts.mentor(name)
    request = await story.asks(mentee)
    for _ in range(2):
        offer_id = (await now(story, request)).offer_id
        assert offer_id is not None
        await answering.expire_offer(story.ctx, offer_id=offer_id)
    assert [job.note for job in await story.waiting(JobKind.REQUEST_NEWS)] == ["waiting"]


async def test_a_new_mentor_serves_the_longest_waiting_first(story: Story, mentee: Person) -> None:
    first = await story.asks(mentee)
    await story.at(story.ctx.now(), hours=1)
    second = await story.asks(await story.facts.person("Noor"))
    helper = await story.facts.person("Helper")
    form = offering.OfferForm(topics="Anything", capacity=1)
    await offering.offer_to_mentor(story.ctx, actor_id=helper.id, form=form)
    assert (await now(story, first)).state is RequestState.ROUTING
    assert (await now(story, second)).state is RequestState.WAITING
    news = await story.job(JobKind.REQUEST_NEWS)
    assert (news.note, news.recipient_id) == ("moved_on", mentee.id)


async def test_the_end_of_a_pause_is_noticed(story: Story, mentee: Person, mentor: Person) -> None:
    await people.pause(story.ctx, actor_id=mentor.id, until=None)
    request = await story.asks(mentee)
    assert request.state is RequestState.WAITING
    await people.resume(story.ctx, actor_id=mentor.id)
    assert (await now(story, request)).offer_id


async def test_a_cancelled_session_frees_its_place(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor(capacity=1)
    session = await story.matched(mentor, mentee)
    request = await story.asks(await story.facts.person("Noor"))
    assert request.state is RequestState.WAITING
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=session.id)
    assert (await now(story, request)).offer_id


async def test_a_declined_place_serves_who_waits(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor(capacity=1)
    first = await story.asks(mentee)
    second = await story.asks(await story.facts.person("Noor"))
    assert first.offer_id is not None
    await answering.decline(story.ctx, actor_id=mentor.id, offer_id=first.offer_id)
    assert (await now(story, first)).state is RequestState.WAITING
    assert (await now(story, second)).offer_id


async def test_a_new_month_is_found_by_the_retry(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor(capacity=1)
    await story.matched(mentor, await story.facts.person("Noor"))
    request = await story.asks(mentee)
    await answering.retry_request(story.ctx, request_id=request.id)
    assert (await now(story, request)).state is RequestState.WAITING
    await story.at(datetime(2026, 12, 1, 9, tzinfo=story.ctx.now().tzinfo))
    await answering.retry_request(story.ctx, request_id=request.id)
    assert (await now(story, request)).offer_id
    await answering.retry_request(story.ctx, request_id=request.id)  # no longer waits: nothing
    await answering.retry_request(story.ctx, request_id=99)
    assert len(await story.facts.all(Offer)) == 2


async def test_each_look_plans_the_next_one(story: Story, mentee: Person) -> None:
    request = await story.asks(mentee)
    for _ in range(3):
        job = (await story.jobs(JobKind.REQUEST_RETRY))[-1]
        await story.at(job.due_at)
        await answering.retry_request(story.ctx, request_id=request.id)
        await answering.retry_request(story.ctx, request_id=request.id)
    days = [job.due_at.date().isoformat() for job in await story.jobs(JobKind.REQUEST_RETRY)]
    assert days == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]


@pytest.mark.parametrize("column", ["is_bot", "is_guest", "is_deleted"])
async def test_who_may_not_take_part_is_never_asked(
    story: Story, mentee: Person, column: str
) -> None:
    await story.facts.mentor("Gus", **{column: True})
    assert (await story.asks(mentee)).state is RequestState.WAITING


async def test_whoever_left_the_programme_is_not_asked(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor()
    await shape(story, mentor, ended_at=story.ctx.now())
    assert (await story.asks(mentee)).state is RequestState.WAITING


async def test_a_paused_mentor_is_asked_when_the_pause_is_over(
    story: Story, mentee: Person, mentor: Person
) -> None:
    until = story.ctx.now() + timedelta(days=2)
    await people.pause(story.ctx, actor_id=mentor.id, until=until)
    request = await story.asks(mentee)
    assert request.state is RequestState.WAITING
    await story.at(until)
    await answering.retry_request(story.ctx, request_id=request.id)
    assert (await now(story, request)).offer_id


async def test_the_only_mentor_cannot_mentor_themselves(story: Story, mentor: Person) -> None:
    request = await story.asks(mentor)
    assert request.state is RequestState.WAITING
    await answering.retry_request(story.ctx, request_id=request.id)
    assert not await story.facts.all(Offer)


async def test_a_taster_mentor_gets_one_taster_and_never_a_flash(
    story: Story, mentee: Person
) -> None:
    mentor = await shape(story, await story.facts.mentor(capacity=1), taster_only=True)
    assert (await story.asks(mentee)).state is RequestState.WAITING
    taster: dict[str, Any] = {"kind": Kind.SPOT, "is_taster": True}
    await story.matched(mentor, await story.facts.person("Noor"), **taster)
    await story.at(story.ctx.now(), days=60)
    assert (await story.asks(mentee, **taster)).state is RequestState.WAITING


async def test_a_declined_taster_can_be_another(story: Story, mentee: Person) -> None:
    mentor = await shape(story, await story.facts.mentor(capacity=1), taster_only=True)
    taster: dict[str, Any] = {"kind": Kind.SPOT, "is_taster": True}
    request = await story.asks(mentee, **taster)
    assert request.offer_id is not None
    await answering.decline(story.ctx, actor_id=mentor.id, offer_id=request.offer_id)
    assert (await story.asks(await story.facts.person("Noor"), **taster)).offer_id


async def test_capacity_is_counted_by_the_month_of_the_mentor(story: Story) -> None:
    mentor = await story.facts.mentor(capacity=1, zone="Pacific/Auckland")
    # The last of November in London is December in Auckland.
    await story.at(datetime(2026, 11, 30, 10, 30, tzinfo=story.ctx.now().tzinfo))
    assert (await story.asks(await story.facts.person("One"))).offer_id
    await story.at(story.ctx.now(), hours=1)
    assert (await story.asks(await story.facts.person("Two"))).offer_id
    assert (await story.asks(await story.facts.person("Three"))).offer_id is None
    months = [place.month for place in await story.facts.all(Place)]
    assert months == ["2026-11", "2026-12"]
    assert {place.mentor_id for place in await story.facts.all(Place)} == {mentor.id}


async def test_lowered_capacity_counts_at_once(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor(capacity=3)
    for name in ("One", "Two"):
        await story.asks(await story.facts.person(name))
    form = offering.OfferForm(topics="Less", capacity=2)
    await offering.offer_to_mentor(story.ctx, actor_id=mentor.id, form=form)
    request = await story.asks(mentee)
    assert request.state is RequestState.WAITING
    first = (await story.facts.all(Request))[0]
    await asking.withdraw(story.ctx, actor_id=first.mentee_id, request_id=first.id)
    assert (await now(story, request)).offer_id
    assert sorted(place.number for place in await story.facts.all(Place)) == [1, 2]


async def test_nobody_is_asked_twice_about_one_request(
    story: Story, mentee: Person, mentor: Person
) -> None:
    request = await story.asks(mentee)
    assert request.offer_id is not None
    await answering.decline(story.ctx, actor_id=mentor.id, offer_id=request.offer_id)
    await answering.retry_request(story.ctx, request_id=request.id)
    await people.resume(story.ctx, actor_id=mentor.id)
    assert (await now(story, request)).state is RequestState.WAITING
    assert len(await story.facts.all(Offer)) == 1
