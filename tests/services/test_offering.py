"""Offering to mentor, and changing what one offers."""

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import OfferState
from bot.services import reading
from bot.services.errors import AlreadyDone
from bot.services.requests import offering
from bot.services.requests.offering import OfferForm
from bot.store.tables import Enrolment, Offer, Person
from tests.services.story import Story, breaks

FORM = OfferForm(
    topics="Ask me about\nanything",
    areas=["interviews", "feedback"],
    capacity=3,
    formats=["walk"],
    windows=["tue_am"],
)


async def test_an_offer_is_remembered_and_changed_in_place(story: Story, mentee: Person) -> None:
    assert await offering.current_offer_form(story.ctx, person_id=mentee.id) is None
    await offering.offer_to_mentor(story.ctx, actor_id=mentee.id, form=FORM, receipt="modal:1")
    found = await offering.current_offer_form(story.ctx, person_id=mentee.id)
    assert found is not None
    assert (found.topics, found.capacity, list(found.formats)) == (FORM.topics, 3, ["walk"])
    assert set(found.areas) == {"interviews", "feedback"}
    welcome = await story.job(JobKind.MENTOR_WELCOME)
    assert (welcome.recipient_id, welcome.note) == (mentee.id, "mentor")
    with pytest.raises(AlreadyDone):
        await offering.offer_to_mentor(story.ctx, actor_id=mentee.id, form=FORM, receipt="modal:1")
    taster = FORM.model_copy(update={"taster_only": True})
    await offering.offer_to_mentor(story.ctx, actor_id=mentee.id, form=taster)
    (row,) = await story.facts.all(Enrolment)
    assert (row.taster_only, row.capacity) == (True, 1)


@pytest.mark.parametrize(
    ("changed", "key", "field"),
    [
        ({"topics": " \n"}, "blank", "topics"),
        ({"topics": "x" * 3001}, "too_long", "topics"),
        ({"areas": ["nonsense"]}, "unknown_choice", "areas"),
        ({"formats": ["fax"]}, "unknown_choice", "formats"),
        ({"windows": ["always"]}, "unknown_choice", "windows"),
        ({"capacity": 0}, "capacity", "capacity"),
        ({"capacity": 9}, "capacity", "capacity"),
    ],
)
async def test_an_offer_that_cannot_be(
    story: Story, mentee: Person, changed: dict[str, object], key: str, field: str
) -> None:
    with breaks(key, field):
        await offering.offer_to_mentor(
            story.ctx, actor_id=mentee.id, form=FORM.model_copy(update=changed)
        )
    assert not await story.facts.all(Enrolment)


async def test_a_guest_cannot_mentor(story: Story) -> None:
    guest = await story.facts.person("Gus", is_guest=True)
    with breaks("guest"):
        await offering.offer_to_mentor(story.ctx, actor_id=guest.id, form=FORM)


async def test_whoever_stops_is_asked_no_more(story: Story, mentee: Person, mentor: Person) -> None:
    request = await story.asks(mentee)
    assert request.offer_id is not None
    await offering.stop_offering(story.ctx, actor_id=mentor.id, receipt="modal:2")
    assert await offering.current_offer_form(story.ctx, person_id=mentor.id) is None
    (offer,) = await story.facts.all(Offer)
    assert offer.state is OfferState.EXPIRED
    assert (await reading.request_view(story.ctx, request_id=request.id)).state == "waiting"
    welcome = await story.job(JobKind.MENTOR_WELCOME)
    assert (welcome.recipient_id, welcome.note) == (mentor.id, "stopped")
    await offering.stop_offering(story.ctx, actor_id=mentor.id)
    assert len(await story.jobs(JobKind.MENTOR_WELCOME)) == 1

    back = await story.facts.mentor("Hedy")
    await offering.offer_to_mentor(story.ctx, actor_id=back.id, form=FORM)
    asked = await reading.request_view(story.ctx, request_id=request.id)
    assert await story.asked(asked) == back.id


async def test_stopping_leaves_what_is_agreed(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee)
    await offering.stop_offering(story.ctx, actor_id=mentor.id)
    assert (await story.seen(session)).state == "matched"


async def test_a_first_taster_replaces_no_full_offer(story: Story, mentor: Person) -> None:
    taster = FORM.model_copy(update={"taster_only": True})
    with breaks("mentor_already", "role"):
        await offering.offer_to_mentor(story.ctx, actor_id=mentor.id, form=taster, first_time=True)
    await offering.stop_offering(story.ctx, actor_id=mentor.id)
    await offering.offer_to_mentor(story.ctx, actor_id=mentor.id, form=taster, first_time=True)


async def test_another_taster_can_be_offered_after_the_first(story: Story, mentee: Person) -> None:
    helper = await story.facts.person("Hedy")
    taster = FORM.model_copy(update={"taster_only": True})

    async def offers() -> None:
        await offering.offer_to_mentor(story.ctx, actor_id=helper.id, form=taster, first_time=True)

    await offers()
    session = await story.held(helper, mentee, kind=Kind.SPOT, is_taster=True)
    waiting = await story.asks(mentee, kind=Kind.SPOT, is_taster=True)
    assert waiting.offer_id is None  # one taster was offered, and one was given
    await offers()
    second = await reading.request_view(story.ctx, request_id=waiting.id)
    assert second.offer_id is not None
    await offers()  # and no third while the second is to come
    third = await story.asks(mentee, kind=Kind.SPOT, is_taster=True)
    assert third.offer_id is None
    assert (await story.seen(session)).state == "held"
