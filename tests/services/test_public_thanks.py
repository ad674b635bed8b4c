"""A thank-you in the channel: only by consent of both, and its words go with the pair's (3.9)."""

import pytest

from bot.domain.job_kinds import JobKind
from bot.services.sessions import closing, following, public_thanks
from bot.services.views import SessionView
from bot.store.tables import Person, Programme, Session, ThankYou
from tests.services.story import Story, breaks


@pytest.fixture
async def session(story: Story, mentor: Person, mentee: Person) -> SessionView:
    """A talk that took place, in a programme with a channel."""
    view = await story.held(mentor, mentee)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Programme, view.programme_id)).channel = "C1"
        await work.commit()
    return view


async def thanks(story: Story, who: Person, session: SessionView, *, may_show: bool = True) -> None:
    await following.thank(
        story.ctx, actor_id=who.id, session_id=session.id, text="zebra", may_show=may_show
    )


async def agrees(story: Story, who: Person, session: SessionView) -> None:
    await public_thanks.agree(story.ctx, actor_id=who.id, session_id=session.id)


async def test_only_both_bring_it_to_the_channel(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await thanks(story, mentee, session)
    assert not await story.jobs(JobKind.PUBLIC_THANKS)
    with breaks("thanks_private"):
        await agrees(story, mentee, session)  # one's own
    await agrees(story, mentor, session)
    await agrees(story, mentor, session)
    shown = await story.job(JobKind.PUBLIC_THANKS)
    assert (shown.recipient_id, shown.note, shown.programme_id) == (
        None,
        str(mentee.id),
        session.programme_id,
    )
    of = {"session_id": session.id, "from_id": mentee.id}
    assert await public_thanks.shown_of(story.ctx, **of) == public_thanks.SHOWN


async def test_what_was_not_offered_cannot_be_shown(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await thanks(story, mentee, session, may_show=False)
    with breaks("thanks_private"):
        await agrees(story, mentor, session)
    with breaks("not_yours"):
        await agrees(story, await story.facts.person("Eve"), session)


async def test_who_keeps_it_tells_nobody(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await thanks(story, mentee, session)
    for job in await story.jobs(JobKind.THANKS_CARD, JobKind.THANKS_SAVED):
        await story.say(job, str(job.id))
    saved = await story.job(JobKind.THANKS_SAVED)
    who = {"actor_id": mentor.id, "session_id": session.id}
    await public_thanks.keep_private(story.ctx, **who)
    assert (await story.job(JobKind.THANKS_CARD)).note == public_thanks.KEPT
    assert (await story.job(JobKind.THANKS_SAVED)).revision == saved.revision
    await agrees(story, mentor, session)  # and may think better of it
    with breaks("thanks_shown"):
        await public_thanks.keep_private(story.ctx, **who)


async def test_without_a_channel_or_of_three_it_is_never_offered(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    third = await story.facts.person("Third")
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Session, session.id)).third_id = third.id
        await work.commit()
    await thanks(story, mentee, session)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Session, session.id)).third_id = None
        (await work.session.get_one(Programme, session.programme_id)).channel = None
        await work.commit()
    await thanks(story, mentor, session)
    assert [row.may_show for row in await story.facts.all(ThankYou)] == [False, False]


async def test_erased_words_leave_the_channel(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await thanks(story, mentee, session)
    await agrees(story, mentor, session)
    await story.say(await story.job(JobKind.PUBLIC_THANKS))
    before = await story.job(JobKind.PUBLIC_THANKS)
    await closing.close_session(story.ctx, session_id=session.id)
    await closing.erase_session(story.ctx, session_id=session.id)
    assert (await story.job(JobKind.PUBLIC_THANKS)).revision > before.revision
    of = {"session_id": session.id, "from_id": mentee.id}
    assert await public_thanks.shown_of(story.ctx, **of) == ""
