"""Called off: the same words are put to somebody else, once, and never to the same mentor."""

import asyncio
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.states import RequestState
from bot.services.errors import RuleBroken
from bot.services.requests import answering
from bot.services.requests.somebody_else import find_somebody_else
from bot.services.sessions import timing
from bot.services.views import SessionView
from bot.store.tables import Person, Request, Session
from tests.services.story import Story, breaks


async def called_off(story: Story, mentor: Person, mentee: Person, **form: Any) -> SessionView:
    session = await story.matched(mentor, mentee, **form)
    await timing.cancel(story.ctx, actor_id=mentor.id, session_id=session.id)
    return await story.seen(session)


async def test_the_same_words_go_to_somebody_else(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await called_off(story, mentor, mentee, questions=["How do I begin?"])
    card = await story.job(JobKind.SOMEBODY_ELSE)
    assert (card.recipient_id, card.session_id) == (mentee.id, session.id)
    other = await story.facts.mentor("Ida")
    await find_somebody_else(story.ctx, actor_id=mentee.id, session_id=session.id)
    before, again = await story.facts.all(Request)
    same = ("topic", "hoped_for", "questions", "kind", "formats", "windows", "length_minutes")
    assert all(getattr(before, each) == getattr(again, each) for each in same)
    assert again.not_again == [mentor.id]
    (offer,) = await story.waiting(JobKind.OFFER)
    assert offer.recipient_id == other.id
    receipts = await story.jobs(JobKind.REQUEST_RECEIPT, request_id=again.id)
    assert [job.recipient_id for job in receipts] == [mentee.id]
    assert (await story.job(JobKind.SOMEBODY_ELSE)).request_id == again.id


async def test_nobody_it_was_called_off_with_is_asked(
    story: Story, mentee: Person, mentor: Person
) -> None:
    first = await called_off(story, mentor, mentee)
    other = await story.facts.mentor("Ida")
    await find_somebody_else(story.ctx, actor_id=mentee.id, session_id=first.id)
    (offer,) = await story.waiting(JobKind.OFFER)
    assert offer.offer_id is not None
    second = await answering.accept(story.ctx, actor_id=other.id, offer_id=offer.offer_id)
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=second.id)
    await find_somebody_else(story.ctx, actor_id=mentee.id, session_id=second.id)
    *_, third = await story.facts.all(Request)
    assert third.not_again == [mentor.id, other.id]
    assert third.state is RequestState.WAITING


async def test_pressing_twice_asks_once(story: Story, mentee: Person, mentor: Person) -> None:
    session = await called_off(story, mentor, mentee)
    results = await asyncio.gather(
        *(
            find_somebody_else(story.ctx, actor_id=mentee.id, session_id=session.id)
            for _ in range(3)
        ),
        return_exceptions=True,
    )
    keys = [each.key for each in results if isinstance(each, RuleBroken)]
    assert keys == ["asked_else_already"] * 2
    assert len(await story.facts.all(Request)) == 2


async def test_what_can_be_wrong(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    with breaks("not_called_off"):
        await find_somebody_else(story.ctx, **who)
    await timing.cancel(story.ctx, **who)
    stranger = await story.facts.person("Noor")
    for other in (mentor, stranger):
        with breaks("not_yours"):
            await find_somebody_else(story.ctx, actor_id=other.id, session_id=session.id)
    async with story.ctx.db.work() as work:
        (request,) = await story.facts.all(Request)
        row = await work.session.get_one(Request, request.id)
        row.topic = row.hoped_for = None
        await work.commit()
    with breaks("words_gone"):
        await find_somebody_else(story.ctx, **who)


async def test_after_the_second_move_both_are_told_once(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentor.id, "session_id": session.id}
    await timing.find_another_time(story.ctx, **who)
    assert not await story.jobs(JobKind.MOVED_OFTEN)
    await timing.set_time(story.ctx, typed="Thursday 3pm", **who)
    await timing.set_time(story.ctx, typed="Thursday 4pm", **who)
    told = await story.job(JobKind.MOVED_OFTEN)
    assert (told.recipient_id, told.plan) == (None, None)
    await story.say(told)
    await timing.find_another_time(story.ctx, **who)
    assert len(await story.jobs(JobKind.MOVED_OFTEN)) == 1
    row: Session = await story.facts.one(Session, session.id)
    assert row.reschedules == 3
