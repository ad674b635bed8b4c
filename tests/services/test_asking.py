"""Asking for a session, and taking the request back."""

import asyncio

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Reason
from bot.domain.states import JobState, OfferState, RequestState
from bot.services.errors import AlreadyDone
from bot.services.requests import answering, asking
from bot.store.tables import Offer, Person, Place, Request
from tests.services.story import Story, breaks


async def test_a_request_goes_to_the_mentor_with_reasons(
    story: Story, mentee: Person, mentor: Person
) -> None:
    request = await story.asks(mentee, areas=["feedback"], questions=["How?", " "])
    assert (request.state, request.topic) == (RequestState.ROUTING, "Speaking up in meetings")
    assert request.questions == ("How?",)
    assert await story.asked(request) == mentor.id
    (offer,) = await story.facts.all(Offer)
    assert "fresh" in {each["key"] for each in offer.reasons}
    receipt = await story.job(JobKind.REQUEST_RECEIPT)
    assert (receipt.recipient_id, receipt.request_id) == (mentee.id, request.id)
    card, reminder, expiry = await story.jobs(
        JobKind.OFFER, JobKind.OFFER_REMINDER, JobKind.OFFER_EXPIRY
    )
    assert (card.kind, card.recipient_id, card.due_at) == (
        JobKind.OFFER,
        mentor.id,
        story.ctx.now(),
    )
    assert reminder.recipient_id == mentor.id
    assert expiry.due_at == offer.expires_at == request.offer_expires_at
    assert not await story.jobs(JobKind.REQUEST_NEWS)


async def test_without_a_mentor_it_waits_and_looks_again(story: Story, mentee: Person) -> None:
    request = await story.asks(mentee)
    assert (request.state, request.waiting_since) == (RequestState.WAITING, story.ctx.now())
    assert (await story.job(JobKind.REQUEST_RETRY)).due_at > story.ctx.now()
    assert not await story.jobs(JobKind.REQUEST_NEWS)  # the receipt says it


@pytest.mark.parametrize(
    ("form", "key", "field"),
    [
        ({"topic": " \u200b\n"}, "blank", "topic"),
        ({"topic": "\u202e"}, "blank", "topic"),
        ({"hoped_for": ""}, "blank", "hoped_for"),
        ({"topic": "x" * 3001}, "too_long", "topic"),
        ({"questions": ["a"] * 4}, "too_many_questions", "questions"),
        ({"reason": "curiosity"}, "unknown_choice", "reason"),
        ({"areas": ["feedback", "no such area"]}, "unknown_choice", "areas"),
        ({"formats": ["telegram"]}, "unknown_choice", "formats"),
        ({"windows": ["sun_am"]}, "unknown_choice", "windows"),
        ({"length_minutes": 90}, "longer_than_an_hour", "length"),
        ({"length_minutes": 20}, "unknown_choice", "length"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    story: Story, mentee: Person, form: dict[str, object], key: str, field: str
) -> None:
    with breaks(key, field):
        await story.asks(mentee, receipt="modal:1", **form)
    assert not await story.facts.all(Request)
    # The corrected form comes with the same token, and is heard.
    assert (await story.asks(mentee, receipt="modal:1")).topic


async def test_everything_that_fits_is_kept_as_typed(story: Story, mentee: Person) -> None:
    hostile = "<!channel> & <script>*_`"
    request = await story.asks(
        mentee,
        topic=hostile,
        hoped_for="🙂" * 3000,
        reason=Reason.CAREER,
        formats=["walk", "video", "walk"],
        windows=["fri_pm", "mon_am"],
        length_minutes=15,
    )
    assert (request.topic, request.hoped_for) == (hostile, "🙂" * 3000)
    assert [each.value for each in request.formats] == ["video", "walk"]
    assert request.windows == ("mon_am", "fri_pm")
    assert (request.reason, request.length_minutes) == (Reason.CAREER, 15)


@pytest.mark.parametrize(
    ("column", "key"), [("is_bot", "bot"), ("is_guest", "guest"), ("is_deleted", "deactivated")]
)
async def test_who_may_not_take_part_is_told(story: Story, column: str, key: str) -> None:
    with breaks(key):
        await story.asks(await story.facts.person("Gus", **{column: True}))
    assert not await story.facts.all(Request)


async def test_three_open_requests_are_enough(story: Story, mentee: Person) -> None:
    first = await story.asks(mentee)
    for _ in range(2):
        await story.asks(mentee)
    with breaks("too_many_requests"):
        await story.asks(mentee)
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=first.id)
    await story.asks(mentee)
    found = await asking.open_requests(story.ctx, person_id=mentee.id)
    assert len(found) == 3
    assert first.id not in {each.id for each in found}


async def test_the_same_modal_twice_at_once_is_one_request(
    story: Story, mentee: Person, mentor: Person
) -> None:
    results = await asyncio.gather(
        *(story.asks(mentee, receipt="modal:7") for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(each, AlreadyDone) for each in results) == 3
    assert len(await story.facts.all(Request)) == 1
    assert len(await story.facts.all(Offer)) == 1


async def test_withdrawing_frees_the_mentor_and_tells_them(
    story: Story, mentee: Person, mentor: Person
) -> None:
    request = await story.asks(mentee)
    await story.say_all(JobKind.OFFER)
    view = await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    assert (view.state, view.offer_id) == (RequestState.WITHDRAWN, None)
    (offer,) = await story.facts.all(Offer)
    assert (offer.state, offer.decided_at) == (OfferState.WITHDRAWN, story.ctx.now())
    assert not await story.facts.all(Place)
    left = {job.kind for job in await story.waiting()}
    assert left == {JobKind.OFFER, JobKind.REQUEST_RECEIPT, JobKind.ERASE}  # the card is redrawn
    erase = await story.job(JobKind.ERASE)
    assert (erase.due_at - story.ctx.now()).days == 90
    with breaks("request_over", kind=NotAllowed):
        await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)


async def test_withdrawing_lets_the_next_in_line_through(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor(capacity=1)
    other = await story.facts.person("Noor")
    first, second = await story.asks(mentee), await story.asks(other)
    assert second.state is RequestState.WAITING
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=first.id)
    (view,) = await asking.open_requests(story.ctx, person_id=other.id)
    assert await story.asked(view) == mentor.id


async def test_a_waiting_request_can_be_withdrawn(story: Story, mentee: Person) -> None:
    request = await story.asks(mentee)
    view = await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    assert view.state is RequestState.WITHDRAWN
    assert not await story.waiting(JobKind.REQUEST_RETRY)


async def test_a_matched_request_cannot_be_withdrawn(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await story.matched(mentor, mentee)
    (request,) = await story.facts.all(Request)
    with breaks("request_over", kind=NotAllowed):
        await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)


async def test_only_the_asker_withdraws(story: Story, mentee: Person, mentor: Person) -> None:
    request = await story.asks(mentee)
    for stranger in (mentor.id, (await story.facts.person("Noor")).id):
        with breaks("not_yours"):
            await asking.withdraw(story.ctx, actor_id=stranger, request_id=request.id)
    with breaks("not_yours"):
        await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=99)


async def test_the_words_of_a_withdrawn_request_are_erased(story: Story, mentee: Person) -> None:
    from bot.services.sessions.closing import erase_request

    request = await story.asks(mentee, questions=["Why?"])
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    await erase_request(story.ctx, request_id=request.id)
    row = await story.facts.one(Request, request.id)
    assert (row.topic, row.hoped_for, row.questions) == (None, None, None)
    assert (row.kind, row.state) == (Kind.FLASH, RequestState.WITHDRAWN)


async def test_a_matched_request_keeps_its_words_for_the_session(
    story: Story, mentee: Person, mentor: Person
) -> None:
    from bot.services.sessions.closing import erase_request

    session = await story.matched(mentor, mentee)
    (request,) = await story.facts.all(Request)
    await erase_request(story.ctx, request_id=request.id)
    assert (await story.seen(session)).topic == "Speaking up in meetings"


async def test_an_answer_after_the_withdrawal_is_told(
    story: Story, mentee: Person, mentor: Person
) -> None:
    request = await story.asks(mentee)
    assert request.offer_id is not None
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    for answer in (answering.accept, answering.decline):
        with breaks("offer_over", kind=NotAllowed) as caught:
            await answer(story.ctx, actor_id=mentor.id, offer_id=request.offer_id)
        assert caught.value.facts["state"] == "withdrawn"
    assert all(job.state is not JobState.DEAD for job in await story.jobs())
