"""Did it happen? Two answers that contradict each other, a no, and no answer at all (3.7)."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.states import JobState, OfferState, SessionState
from bot.services import people
from bot.services.sessions import after_no, following
from bot.services.views import SessionView
from bot.store.tables import Answer, Offer, Person
from tests.services.story import Story, breaks


@pytest.fixture
async def session(story: Story, mentor: Person, mentee: Person) -> SessionView:
    return await story.over(mentor, mentee)


@pytest.fixture
async def admin(story: Story) -> Person:
    """Leads the workspace's own programme."""
    return await story.facts.person("Lea", is_admin=True)


async def test_a_contradiction_is_told_to_the_leads_once(
    story: Story, mentor: Person, mentee: Person, session: SessionView, admin: Person
) -> None:
    await story.reports(mentee, session, Outcome.YES)
    assert not await story.jobs(JobKind.LEAD_NEWS)
    await story.reports(mentor, session, Outcome.NO)
    await story.reports(mentor, session, Outcome.NO)
    news = await story.job(JobKind.LEAD_NEWS)
    assert (news.note, news.session_id, news.state) == (
        "disagreement",
        session.id,
        JobState.PENDING,
    )
    assert len(await story.facts.all(Answer)) == 2, "both answers are kept"
    assert (await story.seen(session)).state is SessionState.HELD


async def test_the_other_order_and_a_late_yes_count_too(
    story: Story, mentor: Person, mentee: Person, session: SessionView, admin: Person
) -> None:
    await story.reports(mentor, session, Outcome.NOT_YET)
    await story.reports(mentee, session, Outcome.YES)
    assert (await story.job(JobKind.LEAD_NEWS)).note == "disagreement"


async def test_when_they_agree_after_all_what_was_told_is_put_right(
    story: Story, mentor: Person, mentee: Person, session: SessionView, admin: Person
) -> None:
    await story.reports(mentee, session, Outcome.YES)
    await story.reports(mentor, session, Outcome.NO)
    await story.say(await story.job(JobKind.LEAD_NEWS))
    await story.reports(mentor, session, Outcome.YES)
    assert (await story.job(JobKind.LEAD_NEWS)).state is JobState.PENDING


async def test_with_nobody_to_tell_nothing_is_planned(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await story.reports(mentee, session, Outcome.YES)
    await story.reports(mentor, session, Outcome.NO)
    assert not await story.jobs(JobKind.LEAD_NEWS)


async def test_a_no_and_a_not_yet_is_no_contradiction(
    story: Story, mentor: Person, mentee: Person, session: SessionView, admin: Person
) -> None:
    await story.reports(mentee, session, Outcome.NO)
    await story.reports(mentor, session, Outcome.NOT_YET)
    assert not await story.jobs(JobKind.LEAD_NEWS)


async def test_after_a_no_one_chooses_what_is_next(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    who = {"actor_id": mentee.id, "session_id": session.id}
    with breaks("question_over"):
        await after_no.choose(story.ctx, choice=after_no.LET_GO, **who)
    await story.reports(mentee, session, Outcome.NO)
    await story.reports(mentor, session, Outcome.NO)
    for job in await story.jobs(JobKind.OUTCOME_THANKS):
        await story.say(job, str(job.id))
    for choice in (after_no.TALK, after_no.LET_GO):
        await after_no.choose(story.ctx, choice=choice, **who)
    mine = await story.job(JobKind.OUTCOME_THANKS, recipient_id=mentee.id)
    theirs = await story.job(JobKind.OUTCOME_THANKS, recipient_id=mentor.id)
    assert (mine.note, mine.state) == ("let_go", JobState.PENDING)
    assert (theirs.note, theirs.state) == ("no", JobState.DONE), "nobody else hears of it"
    with breaks("not_yours"):
        await after_no.choose(
            story.ctx,
            actor_id=(await story.facts.person("Eve")).id,
            session_id=session.id,
            choice=after_no.TALK,
        )


async def test_another_time_is_found_from_a_missed_one(
    story: Story, mentor: Person, mentee: Person, session: SessionView
) -> None:
    await story.reports(mentee, session, Outcome.NO)
    await story.reports(mentor, session, Outcome.NO)
    await story.reports(mentee, session, Outcome.NOT_YET)  # what its button says
    assert (await story.seen(session)).state is SessionState.MATCHED


async def silent(story: Story, mentor: Person, mentee: Person) -> SessionView:
    """A talk about which the mentor says nothing, until the time for it is over."""
    session = await story.over(mentor, mentee)
    await story.reports(mentee, session, Outcome.YES)
    await deadline(story, session)
    return session


async def deadline(story: Story, session: SessionView) -> None:
    chore = await story.job(JobKind.OUTCOME_DEADLINE, session_id=session.id)
    assert chore.state is JobState.PENDING, "also when the partner has said yes"
    await story.at(chore.due_at)
    for _ in range(2):  # a chore may run twice
        await following.outcome_deadline(story.ctx, session_id=session.id, plan=session.plan)


async def test_silence_twice_in_a_row_pauses_with_a_way_back(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await silent(story, mentor, mentee)
    row = await story.facts.one(Person, mentor.id)
    assert (row.silences, row.is_paused(story.ctx.now())) == (1, False)
    assert (await story.facts.one(Person, mentee.id)).silences == 0
    await story.clock.move_to(story.ctx.now() + timedelta(days=20))
    waiting = await story.over(mentor, mentee)
    other = await story.asks(await story.facts.person("Cy"))
    await deadline(story, waiting)
    card = await story.job(JobKind.PAUSED_SILENT)
    assert card.recipient_id == mentor.id
    assert (await people.person(story.ctx, person_id=mentor.id)).is_paused
    offers = [o for o in await story.facts.all(Offer) if o.request_id == other.id]
    assert [o.state for o in offers] == [OfferState.EXPIRED], "nobody waits for them"
    await people.resume(story.ctx, actor_id=mentor.id)
    row = await story.facts.one(Person, mentor.id)
    assert (row.silences, row.is_paused(story.ctx.now())) == (0, False)


async def test_one_answer_begins_the_count_anew(
    story: Story, mentor: Person, mentee: Person
) -> None:
    session = await silent(story, mentor, mentee)
    await story.reports(mentor, session, Outcome.YES)
    assert (await story.facts.one(Person, mentor.id)).silences == 0


async def test_whoever_is_away_is_not_counted(story: Story, mentor: Person, mentee: Person) -> None:
    session = await story.over(mentor, mentee)
    await people.pause(story.ctx, actor_id=mentor.id, until=None)
    await deadline(story, session)
    assert (await story.facts.one(Person, mentor.id)).silences == 0
    assert (await story.facts.one(Person, mentee.id)).silences == 1
