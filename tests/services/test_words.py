"""Plain words said in the DM: what they answer, and what happens when they could answer two."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.services.errors import AlreadyDone
from bot.services.sessions import matters, words
from bot.store.tables import ActionItem, Draft, Job, Person, ThankYou
from tests.services.story import Story, breaks


async def says(story: Story, person: Person, text: str, **more: Any) -> None:
    await words.take_words(story.ctx, actor_id=person.id, text=text, **more)


async def agenda_of(story: Story, session: Any) -> Any:
    return (await story.seen(session)).agenda


async def test_one_open_matter_is_what_they_answer(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await says(
        story,
        mentee,
        "- Speaking up\n- Saying no\nHow did you start?\nOff limits: my last job",
        receipt="event:1",
    )
    agenda = await agenda_of(story, session)
    assert agenda.topics == ("Speaking up", "Saying no")
    assert agenda.questions == ("How did you start?",)
    assert agenda.off_limits == "my last job"
    with pytest.raises(AlreadyDone):
        await says(story, mentee, "- Something else", receipt="event:1")


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "Hello"])
async def test_words_without_a_matter_get_a_sentence(
    story: Story, mentee: Person, text: str
) -> None:
    await says(story, mentee, text)
    answer = await story.job(JobKind.PLAIN_ANSWER)
    assert (answer.note, answer.recipient_id) == ("words_unclear", mentee.id)


async def test_blank_words_change_nothing(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    await says(story, mentee, " ")
    assert await agenda_of(story, session) is None
    assert (await story.job(JobKind.PLAIN_ANSWER)).note == "words_unclear"


async def test_the_mentor_writes_no_agenda(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    await says(story, mentor, "I would like to talk about my holidays")
    assert await agenda_of(story, session) is None
    assert (await story.job(JobKind.PLAIN_ANSWER)).recipient_id == mentor.id


async def test_more_topics_than_three_join_the_third(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await says(story, mentee, "- a\n- b\n- c\n- d")
    assert (await agenda_of(story, session)).topics == ("a", "b", "c\nd")


async def test_in_the_thread_it_is_added_to_what_was_written(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say(await story.job(JobKind.AGENDA_ASK), "7.7")
    await says(story, mentee, "- a\n- b\nOutcome: courage", thread_ts="7.7")
    await says(story, mentee, "- c\n- d\nOutcome: calm\nRead: a book", thread_ts="7.7")
    agenda = await agenda_of(story, session)
    assert (agenda.topics, agenda.version) == (("a", "b", "c\nd"), 2)
    assert (agenda.outcome, agenda.reading) == ("courage\ncalm", "a book")


async def test_what_would_not_fit_is_refused_and_not_cut(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say(await story.job(JobKind.AGENDA_ASK), "7.7")
    await says(story, mentee, "- a\nOutcome: " + "x" * 2000, thread_ts="7.7")
    with breaks("too_long", "outcome"):
        await says(story, mentee, "Outcome: " + "y" * 2000, thread_ts="7.7")
    assert (await agenda_of(story, session)).version == 1


async def test_a_thread_answers_its_question_among_several(
    story: Story, mentee: Person, facts: Any
) -> None:
    first = await story.scheduled(await facts.mentor("One"), mentee)
    second = await story.scheduled(await facts.mentor("Two", capacity=9), mentee)
    ask = await story.job(JobKind.AGENDA_ASK, session_id=second.id)
    await story.say(ask, "7.7")
    await says(story, mentee, "Only this", thread_ts="7.7")
    assert (await agenda_of(story, second)).topics == ("Only this",)
    assert await agenda_of(story, first) is None


async def test_someone_elses_thread_is_no_answer(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say(await story.job(JobKind.AGENDA_ASK), "7.7")
    await says(story, mentor, "Let me write it", thread_ts="7.7")
    assert await agenda_of(story, session) is None


async def test_a_thread_after_the_start_is_told_so(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    await story.say(await story.job(JobKind.AGENDA_ASK), "7.7")
    with breaks("agenda_closed"):
        await says(story, mentee, "One more thing", thread_ts="7.7")
    assert await agenda_of(story, session) is None


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_a_time_in_words(story: Story, mentee: Person, mentor: Person, who: str) -> None:
    session = await story.matched(mentor, mentee)
    await says(story, {"mentee": mentee, "mentor": mentor}[who], "Thursday at 3pm")
    view = await story.seen(session)
    assert view.starts_at == datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert (view.state, view.plan, view.reschedules) == (SessionState.SCHEDULED, 1, 0)
    assert await story.job(JobKind.TIME_SET)
    assert view.agenda is None


@pytest.mark.parametrize(
    ("said", "key"), [("yesterday 3pm", "time_past"), ("3 Dec 2027 10:00", "time_far")]
)
async def test_a_time_in_words_that_cannot_be(
    story: Story, mentee: Person, mentor: Person, said: str, key: str
) -> None:
    session = await story.matched(mentor, mentee)
    with breaks(key, "typed"):
        await says(story, mentee, said, receipt="event:1")
    assert (await story.seen(session)).starts_at is None
    await says(story, mentee, "Thursday 3pm", receipt="event:1")  # the receipt was not spent


async def test_a_long_text_with_a_date_in_it_is_an_agenda(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    await says(story, mentee, "How to present the plan to the board on Thursday at 3pm, " * 2)
    view = await story.seen(session)
    assert (view.starts_at, view.agenda is not None) == (None, True)


async def test_next_steps_in_words(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    await story.say(await story.job(JobKind.ACTION_ASK))
    await says(story, mentee, "- ask for feedback by 4 Dec\n- mentor: introduce me to Ana")
    first, second = await story.facts.all(ActionItem)
    assert (first.text, first.due_on, first.owner_id) == (
        "ask for feedback",
        date(2026, 12, 4),
        mentee.id,
    )
    assert (second.text, second.owner_id, second.author_id) == (
        "introduce me to Ana",
        mentor.id,
        mentee.id,
    )
    await says(story, mentee, "and more")  # written once: nothing is open any more
    assert len(await story.facts.all(ActionItem)) == 2
    assert (await story.seen(session)).actions


async def test_several_open_matters_are_asked_about(
    story: Story, mentee: Person, facts: Any
) -> None:
    first = await story.scheduled(await facts.mentor("One"), mentee)
    second = await story.matched(await facts.mentor("Two", capacity=9), mentee)
    await says(story, mentee, "My list")
    (draft,) = await story.facts.all(Draft)
    prompt = await story.job(JobKind.PROMPT_CHOICE)
    assert (prompt.recipient_id, prompt.draft_id) == (mentee.id, draft.id)
    view = await words.draft_view(story.ctx, draft_id=draft.id)
    assert [choice.value for choice in view.choices] == [
        f"agenda:{first.id}",
        f"agenda:{second.id}",
    ]
    assert [choice.session.id for choice in view.choices] == [first.id, second.id]
    assert (view.text, view.is_used) == ("My list", False)

    for stranger in (first.mentor.id, second.mentor.id):
        with breaks("not_yours"):
            await words.use_draft(
                story.ctx, actor_id=stranger, draft_id=draft.id, choice=f"agenda:{first.id}"
            )
    for wrong in ("agenda:x", "everything:1", "agenda"):
        with breaks("unknown_choice"):
            await words.use_draft(story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=wrong)
    await words.use_draft(
        story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=f"agenda:{second.id}"
    )
    assert (await agenda_of(story, second)).topics == ("My list",)
    assert await agenda_of(story, first) is None
    used = await words.draft_view(story.ctx, draft_id=draft.id)
    assert (used.text, used.is_used, used.choices) == ("", True, ())
    with breaks("draft_used"):
        await words.use_draft(
            story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=f"agenda:{first.id}"
        )


async def test_a_draft_for_somebody_elses_session(story: Story, mentee: Person, facts: Any) -> None:
    await story.scheduled(await facts.mentor("One"), mentee)
    await story.scheduled(await facts.mentor("Two", capacity=9), mentee)
    other = await story.matched(
        await facts.mentor("Three", capacity=31), await facts.person("Noor")
    )
    await says(story, mentee, "My list")
    (draft,) = await story.facts.all(Draft)
    with breaks("not_yours"):
        await words.use_draft(
            story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=f"agenda:{other.id}"
        )
    await words.use_draft(story.ctx, actor_id=mentee.id, draft_id=draft.id, choice="drop")
    assert (await story.facts.one(Draft, draft.id)).text is None


async def test_one_time_for_two_untimed_sessions_is_asked_about(
    story: Story, mentee: Person, facts: Any
) -> None:
    first = await story.matched(await facts.mentor("One"), mentee)
    await story.matched(await facts.mentor("Two", capacity=9), mentee)
    await says(story, mentee, "Thursday 3pm")
    (draft,) = await story.facts.all(Draft)
    view = await words.draft_view(story.ctx, draft_id=draft.id)
    assert {choice.what for choice in view.choices} == {"time"}
    await words.use_draft(
        story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=f"time:{first.id}"
    )
    assert (await story.seen(first)).starts_at == datetime(2026, 11, 26, 15, tzinfo=UTC)


async def test_unknown_drafts(story: Story, mentee: Person) -> None:
    with breaks("not_yours"):
        await words.use_draft(story.ctx, actor_id=mentee.id, draft_id=9, choice="drop")
    with pytest.raises(KeyError):
        await words.draft_view(story.ctx, draft_id=9)


async def test_a_time_moves_nothing_by_a_guess(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await words.take_words(story.ctx, actor_id=mentee.id, text="Wednesday 15:00")
    seen = await story.seen(session)
    assert (seen.starts_at, seen.agenda) == (session.starts_at, None)
    (draft,) = await story.facts.all(Draft)
    asked = await words.draft_view(story.ctx, draft_id=draft.id)
    assert [each.what for each in asked.choices] == [matters.TIME, matters.AGENDA]
    await words.take_words(story.ctx, actor_id=mentor.id, text="Wednesday 15:00")
    assert len(await story.facts.all(Draft)) == 2  # asked, also where it can mean only one thing
    choice = f"{matters.TIME}:{session.id}"
    await words.use_draft(story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=choice)
    moved = await story.seen(session)
    assert moved.starts_at == datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["Thank you for Tuesday, it helped.", "Danke dir!", "Un merci"])
async def test_thanks_while_next_steps_are_open_are_neither_by_a_guess(
    story: Story, mentee: Person, mentor: Person, text: str
) -> None:
    session = await story.held(mentor, mentee)
    await story.say(await story.job(JobKind.ACTION_ASK))
    await says(story, mentee, text)
    assert not await story.facts.all(ActionItem)
    assert not await story.facts.all(ThankYou)
    (draft,) = await story.facts.all(Draft)
    asked = await words.draft_view(story.ctx, draft_id=draft.id)
    assert [each.what for each in asked.choices] == [matters.THANKS, matters.ACTIONS]
    choice = f"{matters.THANKS}:{session.id}"
    await words.use_draft(story.ctx, actor_id=mentee.id, draft_id=draft.id, choice=choice)
    (sent,) = await story.facts.all(ThankYou)
    assert (sent.from_id, sent.text, sent.may_show) == (mentee.id, text, False)
    card = await story.job(JobKind.THANKS_CARD)
    assert card.recipient_id == mentor.id
    await says(story, mentee, "Thanks again, and I read the book by Friday")
    assert len(await story.facts.all(ActionItem)) == 1, "thanked once: now it is a step"


async def test_a_mentors_thanks_are_sent_only_when_they_say_so(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await story.held(mentor, mentee)
    await says(story, mentor, "Merci, j’ai beaucoup appris")
    (draft,) = await story.facts.all(Draft)
    await words.use_draft(story.ctx, actor_id=mentor.id, draft_id=draft.id, choice="drop")
    assert not await story.facts.all(ThankYou)
    stranger = await story.facts.person("Noor")
    await says(story, stranger, "Thank you")
    assert len(await story.facts.all(Draft)) == 1


async def test_an_answer_in_the_thread_of_the_question_is_the_thank_you(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await story.held(mentor, mentee)
    (question,) = [
        job for job in await story.jobs(JobKind.THANKS_ASK) if job.recipient_id == mentee.id
    ]
    await story.say(question)
    row = await story.facts.one(Job, question.id)
    await says(story, mentee, "It gave me courage.", thread_ts=row.slack_ts)
    (sent,) = await story.facts.all(ThankYou)
    assert sent.text == "It gave me courage."
