"""Private feedback: one each, changeable, a mean of five, and a sentence nobody else reads."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.report import FEWEST, Report, suppressed
from bot.services.lists import reporting
from bot.services.sessions import closing, feedback
from bot.services.views import SessionView
from bot.store.tables import Feedback, Person
from tests.services.story import Story, breaks


@pytest.fixture
async def session(story: Story, mentor: Person, mentee: Person) -> SessionView:
    return await story.held(mentor, mentee)


async def gives(
    story: Story, who: Person, session: SessionView, rating: int | None, text: str = ""
) -> None:
    await feedback.give(story.ctx, actor_id=who.id, session_id=session.id, rating=rating, text=text)


async def test_it_is_asked_of_each_and_may_be_changed(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    asked = await story.jobs(JobKind.FEEDBACK_ASK)
    assert {job.recipient_id for job in asked} == {mentor.id, mentee.id}
    await gives(story, mentee, session, 2, "zebra")
    await gives(story, mentee, session, 4, "zebra")
    own = await feedback.own_feedback(story.ctx, session_id=session.id, person_id=mentee.id)
    assert own == feedback.FeedbackView(4, "zebra")
    other = await feedback.own_feedback(story.ctx, session_id=session.id, person_id=mentor.id)
    assert other is None
    assert "zebra" not in await story.raw("feedback")


async def test_what_it_may_not_be(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    for rating in (None, 0, 6):
        with breaks("unknown_choice", "rating"):
            await gives(story, mentee, session, rating)
    with breaks("too_long", "sentence"):
        await gives(story, mentee, session, 3, "x" * 3001)
    with breaks("not_yours"):
        await gives(story, await story.facts.person("Eve"), session, 3)


async def test_not_before_it_took_place_nor_after_erasing(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await gives(story, mentee, session, 5, "zebra")
    await closing.close_session(story.ctx, session_id=session.id)
    await closing.erase_session(story.ctx, session_id=session.id)
    (row,) = await story.facts.all(Feedback)
    assert (row.rating, row.text) == (5, None), "the number stays for the mean"
    with breaks("not_held"):
        await gives(story, mentee, session, 1)
    ahead = await story.scheduled(mentor, mentee)
    with breaks("not_held"):
        await gives(story, mentee, ahead, 3)


async def test_the_report_counts_it_and_tells_it_of_five_people_only(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    programme = await story.facts.programme()
    await gives(story, mentee, session, 4)
    await gives(story, mentor, session, 5)
    await story.at(datetime(2026, 12, 2, 10, tzinfo=UTC))  # a report is of whole months
    found = await reporting.report(story.ctx, programme_id=programme.id, days=30)
    assert (sorted(found.ratings), found.raters) == ([4, 5], 2)
    cells = await reporting.cells(story.ctx, programme_id=programme.id, days=30)
    assert cells.rating is None


def test_a_mean_needs_five_different_people() -> None:
    day = date(2026, 11, 1)
    for raters, told in ((FEWEST - 1, None), (FEWEST, 4.2)):
        report = Report("Open", day, day, ratings=(5, 4, 4, 4, 4), raters=raters)
        assert suppressed(report).rating == told
