"""Offering to mentor, and changing what one offers."""

import pytest

from bot.domain.job_kinds import JobKind
from bot.services import offering
from bot.services.errors import AlreadyDone
from bot.services.offering import OfferForm
from bot.store.tables import Enrolment, Person
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
