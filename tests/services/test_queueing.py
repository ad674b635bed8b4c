"""The requests that wait, and the mentor whom a lead names."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.states import OfferState, RequestState
from bot.services import reading
from bot.services.context import Context
from bot.services.lists import queueing
from bot.services.requests import answering, asking, offering
from bot.services.views import RequestView
from bot.store.tables import Apart, Enrolment, Offer, Person, Place
from bot.store.work import AlreadyDone
from tests.services.story import Story, breaks
from tests.templates.render import templates


@pytest.fixture
async def admin(story: Story) -> Person:
    """Leads the open programme."""
    return await story.facts.person("Lea", is_admin=True)


async def put(story: Story, admin: Person, request: RequestView, who: Person, **more: Any) -> None:
    await queueing.put_to(
        story.ctx, actor_id=admin.id, request_id=request.id, mentor_id=who.id, **more
    )


async def change(ctx: Context, person: Person, **columns: Any) -> None:
    async with ctx.db.work() as work:
        row = await work.session.get_one(Person, person.id)
        row.sqlmodel_update(columns)
        await work.commit()


async def now(story: Story, request: RequestView) -> RequestView:
    return await reading.request_view(story.ctx, request_id=request.id)


async def test_a_named_mentor_is_asked_like_any(
    story: Story, mentee: Person, admin: Person
) -> None:
    request = await story.asks(mentee, areas=["feedback"])
    helper = await story.facts.person("Helper")
    await put(story, admin, request, helper)
    view = await now(story, request)
    assert view.state is RequestState.ROUTING
    assert await story.asked(view) == helper.id
    (place,) = await story.facts.all(Place)
    assert (place.mentor_id, place.month, place.number) == (helper.id, "2026-11", 1)
    kinds = (JobKind.OFFER, JobKind.OFFER_REMINDER, JobKind.OFFER_EXPIRY)
    assert len(await story.jobs(*kinds, offer_id=view.offer_id)) == 3
    assert (await story.job(JobKind.REQUEST_NEWS)).note == "moved_on"
    assert view.offer_id is not None
    session = await answering.accept(story.ctx, actor_id=helper.id, offer_id=view.offer_id)
    assert session.mentee.id == mentee.id


async def test_a_no_makes_it_wait_again(story: Story, mentee: Person, admin: Person) -> None:
    request = await story.asks(mentee)
    helper = await story.facts.person("Helper")
    await put(story, admin, request, helper)
    (offer,) = await story.facts.all(Offer)
    await answering.decline(story.ctx, actor_id=helper.id, offer_id=offer.id)
    assert (await now(story, request)).state is RequestState.WAITING
    with breaks("mentor_asked", "mentor"):
        await put(story, admin, request, helper)


@pytest.mark.parametrize("why", ["paused", "away", "apart", "apart the other way"])
async def test_who_is_not_available_gives_no_reason(
    story: Story, mentee: Person, admin: Person, why: str
) -> None:
    """A wish not to meet must sound like any other reason."""
    request, helper = await story.asks(mentee), await story.facts.person("Helper")
    moment = story.ctx.now()
    if why == "paused":
        await change(story.ctx, helper, paused_at=moment)
    elif why == "away":
        await change(story.ctx, helper, away_until=moment + timedelta(days=1))
    else:
        ids = (helper.id, mentee.id) if why == "apart" else (mentee.id, helper.id)
        await story.facts.add(Apart(person_id=ids[0], other_id=ids[1], made_at=moment))
    with breaks("mentor_unavailable", "mentor") as caught:
        await put(story, admin, request, helper)
    assert caught.value.facts == {"name": "Helper"}
    assert templates().sentence(caught.value.key, **caught.value.facts)
    assert not await story.facts.all(Offer)


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"is_bot": True}, "bot"),
        ({"is_guest": True}, "guest"),
        ({"is_deleted": True}, "deactivated"),
    ],
)
async def test_who_may_not_take_part(
    story: Story, mentee: Person, admin: Person, columns: dict[str, bool], key: str
) -> None:
    request = await story.asks(mentee)
    with breaks(key, "mentor"):
        await put(story, admin, request, await story.facts.person("X", **columns))


async def test_nobody_mentors_themselves(story: Story, mentee: Person, admin: Person) -> None:
    request = await story.asks(mentee)
    with breaks("mentor_self", "mentor"):
        await put(story, admin, request, mentee)


async def test_not_in_one_reporting_line(story: Story, mentee: Person, admin: Person) -> None:
    request = await story.asks(mentee)
    top = await story.facts.person("Top")
    middle = await story.facts.person("Middle", manager_id=top.id)
    below = await story.facts.person("Below", manager_id=mentee.id)
    await change(story.ctx, mentee, manager_id=middle.id)
    await change(story.ctx, top, manager_id=middle.id)  # two who name each other end the line
    for one in (top, middle, below):
        with breaks("mentor_reporting_line", "mentor"):
            await put(story, admin, request, one)


async def test_a_full_mentor_stays_full(story: Story, admin: Person) -> None:
    mentor = await story.facts.mentor(capacity=1)
    await story.matched(mentor, await story.facts.person("Noor"))
    request = await story.asks(await story.facts.person("Ada"))
    with breaks("mentor_full", "mentor"):
        await put(story, admin, request, mentor)
    helper = await story.facts.person("Helper")  # who made no offer has as much as is usual
    await put(story, admin, request, helper)
    other = await story.asks(await story.facts.person("Bo"))
    with breaks("mentor_full", "mentor"):
        await put(story, admin, other, helper)


async def test_only_what_waits(story: Story, mentee: Person, admin: Person) -> None:
    helper = await story.facts.person("Helper")
    request = await story.asks(mentee)
    await put(story, admin, request, await story.facts.person("One"))
    with breaks("request_routing", kind=NotAllowed):
        await put(story, admin, request, helper)
    await asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id)
    with breaks("request_over", kind=NotAllowed):
        await put(story, admin, request, helper)


async def test_only_a_lead_and_once(story: Story, mentee: Person, admin: Person) -> None:
    request, helper = await story.asks(mentee), await story.facts.person("Helper")
    with breaks("not_a_lead"):
        await put(story, helper, request, helper)
    with breaks("not_a_lead"):
        await queueing.queue(
            story.ctx, actor_id=helper.id, programme_id=(await story.facts.programme()).id
        )
    await put(story, admin, request, helper, receipt="r1")
    with pytest.raises(AlreadyDone):
        await put(story, admin, request, helper, receipt="r1")
    assert [one.state for one in await story.facts.all(Offer)] == [OfferState.PENDING]


async def test_the_queue_in_its_order(story: Story, mentee: Person, admin: Person) -> None:
    programme = await story.facts.programme()
    await story.asks(mentee, areas=["feedback"], length_minutes=45)
    for number in range(11):
        await story.at(story.ctx.now(), hours=1)
        await story.asks(await story.facts.person(f"P{number}"), kind=Kind.SPOT, is_taster=True)
    view = await queueing.queue(story.ctx, actor_id=admin.id, programme_id=programme.id)
    assert (len(view.waiting), view.more) == (10, 2)
    first, second = view.waiting[:2]
    assert (first.mentee.name, first.asked, first.length_minutes) == ("Ada", 0, 45)
    assert first.areas == ("Giving and taking feedback",)
    assert (second.kind, second.is_taster) == (Kind.SPOT, True)
    assert first.waiting_since < second.waiting_since
    assert await queueing.count_waiting(story.ctx, programme_id=programme.id) == 12


async def test_leads_hear_of_it_once_a_working_day(
    story: Story, mentee: Person, admin: Person
) -> None:
    await story.asks(mentee)
    await story.asks(await story.facts.person("Bo"))
    (job,) = await story.jobs(JobKind.LEAD_NEWS)
    assert (job.note, job.recipient_id, job.programme_id) == ("waiting", None, 1)
    await story.at(story.ctx.now(), days=1)
    await story.asks(await story.facts.person("Cy"))
    assert len(await story.jobs(JobKind.LEAD_NEWS)) == 2
    friday_evening = story.ctx.now().replace(day=27, hour=19)
    for hours in (0, 24, 48, 62):  # to Monday morning, which is the next working day
        await story.at(friday_evening, hours=hours)
        await story.asks(await story.facts.person(f"After {hours}"))
    assert len(await story.jobs(JobKind.LEAD_NEWS)) == 3


async def test_without_a_lead_nobody_is_told(story: Story, mentee: Person) -> None:
    await story.asks(mentee)
    assert not await story.jobs(JobKind.LEAD_NEWS)


async def test_what_is_asked_at_once_does_not_wait(
    story: Story, mentee: Person, mentor: Person, admin: Person
) -> None:
    await story.asks(mentee)
    assert not await story.jobs(JobKind.LEAD_NEWS)


async def test_what_somebody_stopped_offering_does_not_count(
    story: Story, mentee: Person, mentor: Person, admin: Person
) -> None:
    await offering.stop_offering(story.ctx, actor_id=mentor.id)
    request = await story.asks(mentee)
    await put(story, admin, request, mentor)
    (row,) = await story.facts.all(Enrolment)
    assert (row.role, row.ended_at is None) == (Role.MENTOR, False)  # nothing new was written
