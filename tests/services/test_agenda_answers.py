"""The mentor answers the agenda: a point of their own, or good as it is; a change asks again."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.sessions import agenda_answers, closing, following, preparing
from bot.services.views import SessionView
from bot.store.tables import Agenda, Person
from tests.services.story import Story, breaks


@pytest.fixture
async def session(story: Story, mentor: Person, mentee: Person) -> SessionView:
    view = await story.scheduled(mentor, mentee)
    await writes(story, mentee, view, "How decisions are made")
    return view


async def writes(story: Story, mentee: Person, session: SessionView, *topics: str) -> None:
    form = preparing.AgendaForm(topics=topics)
    await preparing.write_agenda(story.ctx, actor_id=mentee.id, session_id=session.id, form=form)


async def points(story: Story, mentor: Person, session: SessionView, *lines: str) -> None:
    await agenda_answers.set_points(
        story.ctx, actor_id=mentor.id, session_id=session.id, points=lines
    )


async def good(story: Story, mentor: Person, session: SessionView, version: int = 1) -> None:
    await agenda_answers.find_good(
        story.ctx, actor_id=mentor.id, session_id=session.id, version=version
    )


async def test_good_as_it_is_is_told_once(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await good(story, mentor, session)
    await good(story, mentor, session)
    news = await story.job(JobKind.AGENDA_ANSWERED)
    assert (news.recipient_id, news.note) == (mentee.id, "good")
    agenda = (await story.seen(session)).agenda
    assert agenda is not None
    assert agenda.is_good


async def test_a_change_asks_again(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await good(story, mentor, session)
    await story.say_all()
    await writes(story, mentee, session, "Something else")
    agenda = (await story.seen(session)).agenda
    assert agenda is not None
    assert not agenda.is_good
    told = {job.kind for job in await story.waiting() if job.slack_ts}
    assert {JobKind.AGENDA_CARD, JobKind.AGENDA_ANSWERED} <= told, "both cards are put right"
    with breaks("agenda_changed"):
        await good(story, mentor, session, version=1)
    await good(story, mentor, session, version=2)
    assert len(await story.jobs(JobKind.AGENDA_ANSWERED, note="good")) == 2


async def test_points_stand_below_and_stay_when_the_agenda_changes(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await points(story, mentor, session, " First ", "")
    await points(story, mentor, session, "First", "Second")
    heard = await story.waiting(JobKind.AGENDA_ANSWERED)
    assert [job.note for job in heard] == ["points"], "only the last of it is said"
    await writes(story, mentee, session, "Something else")
    agenda = (await story.seen(session)).agenda
    assert agenda is not None
    assert agenda.points == ("First", "Second")


async def test_what_it_may_not_be(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    with breaks("blank", "points"):
        await points(story, mentor, session, " ")
    with breaks("too_many_points", "points"):
        await points(story, mentor, session, *"abcd")
    with breaks("too_long", "points"):
        await points(story, mentor, session, "x" * 3001)
    with breaks("not_yours"):
        await points(story, mentee, session, "Mine")
    with breaks("not_yours"):
        await good(story, await story.facts.person("Eve"), session)
    await story.at(session.starts_at)
    with breaks("agenda_closed"):
        await good(story, mentor, session)


async def test_without_an_agenda_there_is_nothing_to_answer(
    story: Story, mentor: Person, mentee: Person
) -> None:
    with breaks("agenda_missing"):
        await good(story, mentor, await story.matched(mentor, mentee))


async def test_points_are_sealed_and_erased(
    story: Story, mentor: Person, session: SessionView
) -> None:
    await points(story, mentor, session, "zebra")
    assert "zebra" not in await story.raw("agenda")
    await story.say_all()
    await story.at(session.starts_at, hours=80)
    card = await story.job(JobKind.AGENDA_ANSWERED)
    await end(story, session)
    row = await story.facts.one(Agenda, 1)
    assert (row.content, row.points) == (None, None)
    assert (await story.job(JobKind.AGENDA_ANSWERED)).revision > card.revision
    assert (await story.job(JobKind.AGENDA_ANSWERED)).state is JobState.PENDING, "said anew"


async def end(story: Story, session: SessionView) -> None:
    """Missed, closed, and its words erased."""
    await following.outcome_deadline(story.ctx, session_id=session.id, plan=session.plan)
    await closing.close_session(story.ctx, session_id=session.id)
    await story.at(story.ctx.now() + timedelta(days=90))
    await closing.erase_session(story.ctx, session_id=session.id)
