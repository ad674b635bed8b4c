"""What people are shown: everything of theirs, and nothing of anybody else's."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import OfferState
from bot.services import reading
from bot.services.sessions import actions, following, timing
from bot.store.tables import Person
from tests.services.story import Story, breaks


async def test_the_overview_has_what_is_open(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor("Grace", capacity=9)
    held = await story.held(mentor, mentee)
    item = actions.ActionForm(text="Ask for feedback")
    await actions.add_actions(story.ctx, actor_id=mentee.id, session_id=held.id, items=[item])
    late = await story.scheduled(mentor, mentee, ahead=timedelta(days=9))
    soon = await story.scheduled(mentor, mentee, ahead=timedelta(days=3))
    untimed = await story.matched(mentor, mentee)
    off = await story.matched(mentor, mentee)
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=off.id)
    request = await story.asks(mentee)

    mine = await reading.overview(story.ctx, person_id=mentee.id)
    assert [view.id for view in mine.sessions] == [held.id, soon.id, late.id, untimed.id]
    assert [view.id for view in mine.requests] == [request.id]
    assert ([step.text for step in mine.actions], mine.offers) == (["Ask for feedback"], ())
    assert (mine.is_mentor, mine.capacity) == (False, 0)

    theirs = await reading.overview(story.ctx, person_id=mentor.id)
    assert [view.id for view in theirs.sessions] == [view.id for view in mine.sessions]
    assert [view.request.id for view in theirs.offers] == [request.id]
    assert (theirs.requests, theirs.actions) == ((), ())
    assert (theirs.is_mentor, theirs.taster_only, theirs.capacity) == (True, False, 9)

    stranger = await story.facts.person("Noor")
    empty = await reading.overview(story.ctx, person_id=stranger.id)
    assert (empty.sessions, empty.requests, empty.offers, empty.actions) == ((), (), (), ())


async def test_a_session_is_for_the_two(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee, questions=["Why?"], formats=["walk"])
    for person, role in ((mentee, Role.MENTEE), (mentor, Role.MENTOR)):
        view = await reading.access_session(story.ctx, actor_id=person.id, session_id=session.id)
        assert (view.role_of(person.id), view.questions) == (role, ("Why?",))
        assert view.reasons
    stranger = await story.facts.person("Noor")
    for session_id in (session.id, 99):
        with breaks("not_yours"):
            await reading.access_session(story.ctx, actor_id=stranger.id, session_id=session_id)


async def test_an_accepted_offer_says_so(story: Story, mentee: Person, mentor: Person) -> None:
    await story.matched(mentor, mentee, areas=["feedback"])
    offer = await reading.offer_view(story.ctx, offer_id=1)
    assert offer.state is OfferState.ACCEPTED
    assert offer.request.areas == (story.ctx.library.areas["feedback"],)


async def test_the_thank_you_is_read_by_who_it_is_from(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    await following.thank(story.ctx, actor_id=mentee.id, session_id=session.id, text="It helped")
    for person, text in ((mentee, "It helped"), (mentor, None)):
        assert text == await reading.thank_you_text(
            story.ctx, session_id=session.id, from_id=person.id
        )
    assert await story.job(JobKind.THANKS_CARD)


async def test_what_is_not_there(story: Story) -> None:
    for missing in (
        reading.session_view(story.ctx, session_id=9),
        reading.request_view(story.ctx, request_id=9),
        reading.offer_view(story.ctx, offer_id=9),
        reading.action_view(story.ctx, action_id=9),
    ):
        with pytest.raises(KeyError):
            await missing
