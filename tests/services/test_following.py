"""Did it happen, and the thanks both ways."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.outcome import settle
from bot.domain.states import JobState, SessionState
from bot.services.sessions import closing, following, timing
from bot.store.tables import Answer, Person
from tests.services.story import Story, breaks

VERDICTS = {
    "held": SessionState.HELD,
    "missed": SessionState.MISSED,
    "not_yet": SessionState.MATCHED,
    "open": SessionState.SCHEDULED,
}
ANSWERS: tuple[Outcome | None, ...] = (None, *Outcome)
CASES = [
    (mentors, mentees, mentor_first)
    for mentors, mentees, mentor_first in product(ANSWERS, ANSWERS, (True, False))
    if mentor_first or None not in (mentors, mentees)
]


@pytest.mark.parametrize(("mentors", "mentees", "mentor_first"), CASES)
async def test_both_answers_are_kept_and_settle_it(
    story: Story,
    mentee: Person,
    mentor: Person,
    mentors: Outcome | None,
    mentees: Outcome | None,
    mentor_first: bool,
) -> None:
    session = await story.over(mentor, mentee)
    sides = [(mentor, mentors), (mentee, mentees)]
    for person, answer in sides if mentor_first else reversed(sides):
        if answer is not None:
            await story.reports(person, session, answer)
    view = await story.seen(session)
    assert view.state is VERDICTS[settle(mentors, mentees, deadline_passed=False).verdict]
    given = {(row.person_id, row.outcome, row.plan) for row in await story.facts.all(Answer)}
    assert given == {(person.id, answer, 1) for person, answer in sides if answer is not None}
    assert (view.answer_of(mentor.id), view.answer_of(mentee.id)) == (mentors, mentees)

    await following.outcome_deadline(story.ctx, session_id=session.id, plan=1)
    view = await story.seen(session)
    assert view.state is VERDICTS[settle(mentors, mentees, deadline_passed=True).verdict]
    assert {(row.person_id, row.outcome, 1) for row in await story.facts.all(Answer)} == given
    asked = await story.waiting(JobKind.OUTCOME_NUDGE)
    assert (len(asked) == 2) == (view.state is SessionState.SCHEDULED)


async def test_a_yes_brings_what_follows(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    assert session.held_at == story.ctx.now()
    assert (await story.job(JobKind.ACTION_ASK)).recipient_id == mentee.id
    for kind in (JobKind.THANKS_ASK, JobKind.THANKS_NUDGE):
        assert {job.recipient_id for job in await story.waiting(kind)} == {mentor.id, mentee.id}
    assert (await story.job(JobKind.CLOSE, plan=None)).due_at == story.ctx.now() + timedelta(
        days=14
    )
    thanks = await story.job(JobKind.OUTCOME_THANKS)
    assert (thanks.recipient_id, thanks.note) == (mentee.id, "yes")
    # The partner is asked all the same, but nobody is reminded; the deadline counts who is silent.
    assert {job.recipient_id for job in await story.waiting(JobKind.OUTCOME_ASK)} >= {mentor.id}
    assert not await story.waiting(JobKind.OUTCOME_NUDGE)
    assert await story.waiting(JobKind.OUTCOME_DEADLINE)
    assert not await story.waiting(JobKind.AGENDA_NUDGE, JobKind.REMINDER_SOON, JobKind.START_CARD)


async def test_a_late_yes_is_believed(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.over(mentor, mentee)
    await story.at(story.ctx.now(), days=5)
    await following.outcome_deadline(story.ctx, session_id=session.id, plan=1)
    assert (await story.seen(session)).state is SessionState.MISSED
    missed = await story.job(JobKind.CLOSE, plan=None)
    await story.reports(mentor, session, Outcome.YES)
    assert (await story.seen(session)).state is SessionState.HELD
    assert (await story.job(JobKind.CLOSE, id=missed.id)).state is JobState.SKIPPED
    assert await story.job(JobKind.CLOSE, state=JobState.PENDING)


async def test_a_late_not_yet_opens_it_again_and_nothing_closes_it(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    await following.outcome_deadline(story.ctx, session_id=session.id, plan=1)
    await story.reports(mentee, session, Outcome.NOT_YET)
    view = await story.seen(session)
    assert (view.state, view.starts_at, view.plan) == (SessionState.MATCHED, None, 2)
    assert not await story.waiting(JobKind.CLOSE, plan=None)
    assert await story.job(JobKind.TIME_UNSET)
    assert len(await story.waiting(JobKind.TIME_NUDGE)) == 2
    await timing.set_time(story.ctx, actor_id=mentee.id, session_id=session.id, typed="in 2 hours")
    await story.at(story.ctx.now(), hours=4)
    await story.reports(mentee, session, Outcome.YES, plan=3)
    assert (await story.seen(session)).state is SessionState.HELD


async def test_after_not_yet_the_partners_yes_counts(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    await story.reports(mentee, session, Outcome.NOT_YET)
    await story.reports(mentor, session, Outcome.YES)
    view = await story.seen(session)
    assert view.state is SessionState.HELD
    assert view.answers == {mentor.id: Outcome.YES, mentee.id: Outcome.NOT_YET}
    assert not await story.waiting(JobKind.TIME_NUDGE)
    assert await story.job(JobKind.CLOSE, plan=None)


async def test_a_question_about_another_time_is_over(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    await timing.set_time(story.ctx, actor_id=mentor.id, session_id=session.id, typed="in 2 hours")
    with breaks("question_over"):
        await story.reports(mentee, session, Outcome.YES)  # of the first time
    with breaks("too_early"):
        await story.reports(mentee, session, Outcome.YES, plan=2)
    with breaks("question_over"):
        await story.reports(mentee, session, Outcome.YES, plan=7)
    assert not await story.facts.all(Answer)


async def test_only_the_two_are_asked(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.over(mentor, mentee)
    stranger = await story.facts.person("Noor")
    with breaks("not_yours"):
        await story.reports(stranger, session, Outcome.YES)
    with breaks("not_yours"):
        await following.thank(
            story.ctx, actor_id=stranger.id, session_id=session.id, text="Thank you"
        )


async def test_a_changed_mind_is_kept_as_the_last(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    for answer in (Outcome.NO, Outcome.YES):
        await story.reports(mentor, session, answer)
    (row,) = await story.facts.all(Answer)
    assert row.outcome is Outcome.YES
    assert (await story.seen(session)).state is SessionState.HELD
    await story.reports(mentor, session, Outcome.NO)  # what follows has begun: it stays held
    assert (await story.seen(session)).state is SessionState.HELD


async def test_the_deadline_is_quiet_when_it_is_settled(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    for plan in (1, 2):
        await following.outcome_deadline(story.ctx, session_id=session.id, plan=plan)
    await following.outcome_deadline(story.ctx, session_id=99, plan=1)
    assert (await story.seen(session)).state is SessionState.HELD


async def test_thanks_go_both_ways_once_each(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    await story.at((await story.jobs(JobKind.THANKS_ASK))[-1].due_at)
    await story.say_all(JobKind.THANKS_ASK)
    for person, other in ((mentee, mentor), (mentor, mentee)):
        who: dict[str, Any] = {"actor_id": person.id, "session_id": session.id}
        with breaks("blank", "thanks"):
            await following.thank(story.ctx, text=" \n", receipt=f"modal:{person.id}", **who)
        with breaks("too_long", "thanks"):
            await following.thank(story.ctx, text="x" * 3001, **who)
        await following.thank(
            story.ctx, text=f"Thank you, {other.name}", receipt=f"modal:{person.id}", **who
        )
        with breaks("thanked_already"):
            await following.thank(story.ctx, text="Again", **who)
        key = f"session:{session.id}:thanks_card:{person.id}"
        assert (await story.job(dedupe_key=key)).recipient_id == other.id
        assert await story.job(JobKind.THANKS_SAVED, recipient_id=person.id)
        redrawn = await story.waiting(JobKind.THANKS_ASK, recipient_id=person.id)
        assert [job.revision for job in redrawn] == [2]
    view = await story.seen(session)
    assert view.thanked == {mentor.id, mentee.id}


async def test_no_thanks_before_it_took_place_but_after_it_closed(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    with breaks("not_held"):
        await following.thank(story.ctx, text="Thank you", **who)
    await story.reports(mentor, session, Outcome.YES)
    await closing.close_session(story.ctx, session_id=session.id)
    await following.thank(story.ctx, text="Thank you", **who)
    await closing.erase_session(story.ctx, session_id=session.id)
    with breaks("not_held"):
        await following.thank(
            story.ctx, actor_id=mentor.id, session_id=session.id, text="Thank you"
        )
