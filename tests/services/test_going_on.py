"""Would you go on? Asked of each alone, compared once, and only a wish of both is told."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.going_on import NOTHING
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, Wish
from bot.domain.states import OfferState, RequestState
from bot.services.requests import answering, asking_again
from bot.services.sessions import closing, going_on
from bot.services.views import SessionView
from bot.store.tables import GoOn, Offer, Person, Relationship, Request, Session, Tie
from tests.services.story import Story, breaks


@pytest.fixture
async def session(story: Story, mentor: Person, mentee: Person) -> SessionView:
    return await story.held(mentor, mentee)


async def wishes(story: Story, who: Person, session: SessionView, *said: str) -> None:
    await going_on.answer(story.ctx, actor_id=who.id, session_id=session.id, wishes=said)


async def compared(story: Story, session: SessionView) -> list[tuple[int | None, str | None]]:
    """The moment comes; who is told what."""
    chore = await story.job(JobKind.GO_ON_DEADLINE, session_id=session.id)
    await story.at(chore.due_at)
    await going_on.compare(story.ctx, session_id=session.id)
    return [(job.recipient_id, job.note) for job in await story.jobs(JobKind.GO_ON_NEWS)]


async def test_both_are_asked_the_day_after_until_the_same_moment(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    asked = await story.jobs(JobKind.GO_ON_ASK)
    chore = await story.job(JobKind.GO_ON_DEADLINE)
    assert {job.recipient_id for job in asked} == {mentor.id, mentee.id}
    assert {job.expires_at for job in asked} == {chore.due_at}
    assert session.held_at is not None
    assert all(job.due_at > session.held_at + timedelta(hours=12) for job in asked)


async def test_a_wish_of_both_is_told_to_both(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await wishes(story, mentor, session, "formal", "keep_in_touch")
    await wishes(story, mentee, session, "formal", "again")
    assert not await story.jobs(JobKind.GO_ON_NEWS), "nothing before the moment"
    told = await compared(story, session)
    assert set(told) == {(mentor.id, "formal"), (mentee.id, "formal")}
    assert all(row.revealed_at for row in await story.facts.all(GoOn))
    (bond,) = await story.facts.all(Relationship)
    assert (bond.mentor_id, bond.mentee_id) == (mentor.id, mentee.id)
    assert len(await compared(story, session)) == 2, "comparing twice tells nothing more"


@pytest.mark.parametrize("other", [("no",), ("again",), ("again", "keep_in_touch"), ()])
async def test_without_one_the_same_is_said_whatever_the_other_said(
    story: Story, mentor: Person, mentee: Person, session: SessionView, other: tuple[str, ...]
) -> None:
    await wishes(story, mentee, session, "formal")
    if other:
        await wishes(story, mentor, session, *other)
    told = dict(await compared(story, session))
    assert told[mentee.id] == NOTHING
    assert (mentor.id in told) == bool(other), "who said nothing hears nothing"
    assert not any(row.revealed_at for row in await story.facts.all(GoOn))
    assert not await story.facts.all(Tie)


async def test_a_mind_may_be_changed_until_then_and_no_longer(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await wishes(story, mentor, session, "keep_in_touch")
    await wishes(story, mentee, session, "no")
    await wishes(story, mentee, session, "keep_in_touch")
    assert set(dict(await compared(story, session)).values()) == {"keep_in_touch"}
    tie = (await story.facts.all(Tie))[0]
    assert {tie.first_id, tie.second_id} == {mentor.id, mentee.id}
    with breaks("go_on_closed"):
        await wishes(story, mentee, session, "no")


async def test_an_answer_touches_nothing_that_the_other_sees(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    for job in await story.jobs(JobKind.GO_ON_ASK):
        await story.say(job, str(job.id))
    before = {job.id: job.revision for job in await story.jobs(recipient_id=mentor.id)}
    await wishes(story, mentee, session, "formal")
    await wishes(story, mentee, session, "no")
    assert {job.id: job.revision for job in await story.jobs(recipient_id=mentor.id)} == before
    mine = await going_on.go_on_view(story.ctx, session_id=session.id, person_id=mentor.id)
    assert (mine.wishes, mine.is_answered, mine.is_open) == ((), False, True)


async def test_both_at_once(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    """And one changes their mind in the same second, twice."""
    await asyncio.gather(
        wishes(story, mentor, session, "again"),
        wishes(story, mentee, session, "again"),
        wishes(story, mentor, session, "again", "formal"),
        wishes(story, mentee, session, "again", "keep_in_touch"),
    )
    assert len(await story.facts.all(GoOn)) == 2
    chore = await story.job(JobKind.GO_ON_DEADLINE)
    await story.at(chore.due_at)
    twice = [going_on.compare(story.ctx, session_id=session.id) for _ in range(2)]
    late = asyncio.gather(wishes(story, mentee, session, "no"), return_exceptions=True)
    await asyncio.gather(*twice, late)
    assert {job.note for job in await story.jobs(JobKind.GO_ON_NEWS)} == {"again"}


async def test_who_may_answer(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    with breaks("not_yours"):
        await wishes(story, await story.facts.person("Eve"), session, "again")
    with breaks("no_and_more", "wishes"):
        await wishes(story, mentee, session, "no", "again")


async def test_before_it_took_place_nobody_is_asked(
    story: Story, mentor: Person, mentee: Person
) -> None:
    ahead = await story.scheduled(mentor, mentee)
    with breaks("go_on_closed"):
        await wishes(story, mentee, ahead, "again")


async def test_those_who_go_on_already_are_not_asked(
    story: Story, mentor: Person, mentee: Person
) -> None:
    session = await story.over(mentor, mentee)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Session, session.id)).kind = Kind.KEEP_IN_TOUCH
        await work.commit()
    await story.reports(mentee, session, Outcome.YES)
    assert not await story.jobs(JobKind.GO_ON_ASK, JobKind.GO_ON_DEADLINE)
    with breaks("go_on_closed"):
        await wishes(story, mentee, session, "again")


async def test_whoever_left_wishes_nothing(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    for who in (mentor, mentee):
        await wishes(story, who, session, "keep_in_touch")
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Person, mentor.id)).is_deleted = True
        await work.commit()
    assert dict(await compared(story, session))[mentee.id] == NOTHING
    assert not await story.facts.all(Tie)


async def test_wishes_are_sealed_and_erased(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await wishes(story, mentee, session, "keep_in_touch")
    assert "keep_in_touch" not in await story.raw("go_on")
    await closing.close_session(story.ctx, session_id=session.id)
    await closing.erase_session(story.ctx, session_id=session.id)
    assert [row.wishes for row in await story.facts.all(GoOn)] == [None]
    mine = await going_on.go_on_view(story.ctx, session_id=session.id, person_id=mentee.id)
    assert (mine.is_answered, mine.wishes) == (True, ())


async def test_another_talk_is_asked_of_the_same_mentor_and_nobody_else(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await story.facts.mentor("Somebody else", capacity=9)
    again = {"actor_id": mentee.id, "session_id": session.id}
    with breaks("go_on_closed"):
        await asking_again.ask_again(story.ctx, **again)
    for who in (mentor, mentee):
        await wishes(story, who, session, "again")
    await compared(story, session)
    with breaks("not_yours"):
        await asking_again.ask_again(story.ctx, actor_id=mentor.id, session_id=session.id)
    await asking_again.ask_again(story.ctx, **again)
    with breaks("again_asked"):
        await asking_again.ask_again(story.ctx, **again)
    request = (await story.facts.all(Request))[-1]
    assert (request.invited_id, request.topic) == (mentor.id, "Speaking up in meetings")
    offer = (await story.facts.all(Offer))[-1]
    assert (offer.request_id, offer.mentor_id, offer.state) == (
        request.id,
        mentor.id,
        OfferState.PENDING,
    )
    await answering.decline(story.ctx, actor_id=mentor.id, offer_id=offer.id)
    asked = [each for each in await story.facts.all(Offer) if each.request_id == request.id]
    assert len(asked) == 1, "nobody else is asked"
    kept = await story.facts.one(Request, request.id)
    assert kept.state not in (RequestState.ROUTING, RequestState.WAITING)


async def test_it_may_be_accepted_like_any_other(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    for who in (mentor, mentee):
        await wishes(story, who, session, Wish.AGAIN)
    await compared(story, session)
    await asking_again.ask_again(story.ctx, actor_id=mentee.id, session_id=session.id)
    offer = (await story.facts.all(Offer))[-1]
    view = await answering.accept(story.ctx, actor_id=mentor.id, offer_id=offer.id)
    assert (view.mentor.id, view.mentee.id, view.kind) == (mentor.id, mentee.id, Kind.FLASH)
