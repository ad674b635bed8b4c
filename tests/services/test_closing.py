"""The end of a session in the books, and that nobody but Lantern reads what was written."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlmodel import col

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.states import JobState, SessionState
from bot.services.reading import session_view
from bot.services.sessions import (
    actions,
    agenda_answers,
    closing,
    feedback,
    following,
    going_on,
    preparing,
    timing,
    words,
)
from bot.services.views import SessionView
from bot.store.columns import Sealed, SealedJSON
from bot.store.crypto import KeyProblem, Keyring, keyring_of, new_key
from bot.store.engine import Database
from bot.store.tables import Draft, Person, Place, Request, Session, metadata
from tests.services.story import Story

SECRET = "zebra"
OF_A_SESSION = (
    "action_item",
    "agenda",
    "draft",
    "feedback",
    "go_on",
    "request",
    "session",
    "thank_you",
)
SEALED = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Sealed | SealedJSON) and table.name in OF_A_SESSION
]


async def a_whole_life(story: Story, mentor: Person, mentee: Person) -> SessionView:
    """A session in which everything that can be written is, with one word in all of it."""
    other = await story.facts.mentor("Other", capacity=9)
    second = await story.matched(other, mentee, topic="Something else")
    await preparing.write_agenda(
        story.ctx,
        actor_id=mentee.id,
        session_id=second.id,
        form=preparing.AgendaForm(topics=["Something else"]),
    )
    async with story.ctx.db.work() as work:
        await work.session.execute(
            update(Person).where(col(Person.id) == other.id).values(is_deleted=True)
        )
        await work.commit()
    session = await story.matched(
        mentor, mentee, topic=f"{SECRET} 1", hoped_for=f"{SECRET} 2", questions=[f"{SECRET} 3"]
    )
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    await timing.set_time(story.ctx, typed="Friday 10am", place=f"{SECRET} 4", **who)
    await timing.find_another_time(story.ctx, reason=f"{SECRET} 5", **who)
    await words.take_words(story.ctx, actor_id=mentee.id, text=f"{SECRET} 6")
    view = await timing.set_time(story.ctx, typed="Friday 11am", **who)
    form = preparing.AgendaForm(
        topics=[f"{SECRET} 7"],
        outcome=f"{SECRET} 8",
        questions=[f"{SECRET} 9"],
        reading=f"{SECRET} 10",
        off_limits=f"{SECRET} 11",
    )
    await preparing.write_agenda(story.ctx, form=form, **who)
    await agenda_answers.set_points(
        story.ctx, actor_id=mentor.id, session_id=view.id, points=[f"{SECRET} 15"]
    )
    await words_of_two_matters(story, mentee)
    await story.at(view.starts_at, hours=1)
    await following.report_outcome(story.ctx, plan=view.plan, outcome=Outcome.YES, **who)
    step = actions.ActionForm(text=f"{SECRET} 12")
    await actions.add_actions(story.ctx, items=[step], **who)
    await following.thank(story.ctx, text=f"{SECRET} 13", **who)
    await feedback.give(story.ctx, rating=4, text=f"{SECRET} 16", **who)
    await going_on.answer(story.ctx, wishes=("keep_in_touch",), **who)
    return await story.seen(view)


async def words_of_two_matters(story: Story, mentee: Person) -> None:
    """Words that are kept because nobody knows yet what they are for."""
    async with story.ctx.db.work() as work:
        draft = await work.add(
            Draft(person_id=mentee.id, text=f"{SECRET} 14", made_at=story.ctx.now())
        )
        await work.commit()
    asked = await story.facts.job(JobKind.PROMPT_CHOICE, recipient=mentee, draft_id=draft.id)
    await story.say(asked)


async def test_nothing_written_can_be_read_in_the_database(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await a_whole_life(story, mentor, mentee)
    assert len(SEALED) == 12
    for table in metadata.sorted_tables:
        assert SECRET not in await story.raw(table.name), table.name
    for table_name, column in SEALED:
        async with story.ctx.db.read() as session:
            found = await session.execute(text(f'SELECT {column} FROM "{table_name}"'))
            kept = [value for (value,) in found if value is not None]
        assert kept, f"nothing was written to {table_name}.{column}"
        assert all(re.fullmatch(r"gAAAA[\w-]+=*", value) for value in kept)


async def test_after_erasing_nothing_written_is_left(
    story: Story, mentee: Person, mentor: Person
) -> None:
    view = await a_whole_life(story, mentor, mentee)
    await story.say(await story.job(JobKind.AGENDA_CARD, session_id=view.id))
    await closing.erase_session(story.ctx, session_id=view.id)  # not closed yet: not erased
    assert (await story.seen(view)).topic == f"{SECRET} 1"
    await closing.close_session(story.ctx, session_id=view.id)
    erase = await story.job(JobKind.ERASE)
    assert erase.due_at == story.ctx.now() + timedelta(days=90)
    await story.at(erase.due_at)
    await closing.erase_session(story.ctx, session_id=view.id)

    for table_name, column in SEALED:
        async with story.ctx.db.read() as session:
            found = await session.execute(text(f'SELECT {column} FROM "{table_name}"'))
            kept = [value for (value,) in found if value is not None]
        opened = " ".join(_open(story.ctx.db, value) for value in kept)
        assert SECRET not in opened, (table_name, column)
    after = await story.seen(view)
    assert (after.topic, after.place, after.agenda, after.actions) == ("", "", None, ())
    assert (after.state, after.has_thanked(after.mentee.id)) == (SessionState.CLOSED, True)
    assert (after.starts_at, after.held_at) == (view.starts_at, view.held_at)
    row = await story.facts.one(Session, view.id)
    assert row.erased_at == story.ctx.now()
    left = {job.kind for job in await story.waiting(session_id=view.id)}
    # The chore itself, which is recorded when it returns; and what Lantern said is said anew.
    assert left == {JobKind.ERASE, JobKind.AGENDA_CARD}
    asked = await story.job(JobKind.PROMPT_CHOICE)
    assert (asked.state, asked.draft_id is not None) == (JobState.PENDING, True)
    assert asked.draft_id is not None
    assert (await words.draft_view(story.ctx, draft_id=asked.draft_id)).is_used


def _open(database: Database, sealed: str) -> str:
    return keyring_of(database.engine.sync_engine.dialect).open(sealed)


async def test_other_sessions_keep_theirs(story: Story, mentee: Person, mentor: Person) -> None:
    view = await a_whole_life(story, mentor, mentee)
    await closing.close_session(story.ctx, session_id=view.id)
    await closing.erase_session(story.ctx, session_id=view.id)
    other = next(row for row in await story.facts.all(Session) if row.id != view.id)
    assert (await session_view(story.ctx, session_id=other.id)).topic == "Something else"


async def test_closing_is_quiet_when_there_is_nothing_to_close(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    for session_id in (session.id, 99):
        await closing.close_session(story.ctx, session_id=session_id)
        await closing.erase_session(story.ctx, session_id=session_id)
    assert (await story.seen(session)).state is SessionState.SCHEDULED
    assert not await story.jobs(JobKind.ERASE)


async def test_closing_twice_keeps_the_first_date(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    await closing.close_session(story.ctx, session_id=session.id)
    closed_at = story.ctx.now()
    await story.at(closed_at, days=1)
    await closing.close_session(story.ctx, session_id=session.id)
    assert (await story.seen(session)).closed_at == closed_at
    assert (await story.job(JobKind.ERASE)).state is JobState.PENDING


async def test_another_key_reads_nothing(story: Story, mentee: Person, database_url: str) -> None:
    request = await story.asks(mentee)
    stranger = Database.open(database_url, Keyring([new_key()]), alone=False)
    try:
        async with stranger.read() as session:
            with pytest.raises(KeyProblem):
                await session.get(Request, request.id)
    finally:
        await stranger.close()


async def test_a_session_that_finds_no_time_is_let_go(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    end = await story.job(JobKind.CLOSE)
    assert end.due_at == story.ctx.now() + timedelta(days=28)
    await closing.let_lapse(story.ctx, session_id=session.id, plan=7)  # of another plan
    assert (await story.seen(session)).state is SessionState.MATCHED
    await closing.let_lapse(story.ctx, session_id=session.id, plan=session.plan)
    view = await story.seen(session)
    assert (view.state, view.cancelled_by) == (SessionState.CANCELLED, None)
    assert not await story.facts.all(Place)
    news = await story.job(JobKind.SESSION_CANCELLED)
    assert (news.recipient_id, news.note) == (None, "no_time")
    assert await story.waiting(JobKind.ERASE)
    await closing.let_lapse(story.ctx, session_id=session.id, plan=session.plan)


async def test_a_time_keeps_a_session_from_lapsing(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    assert (await story.job(JobKind.CLOSE)).state is JobState.SKIPPED
    await closing.let_lapse(story.ctx, session_id=session.id, plan=session.plan)
    assert (await story.seen(session)).state is SessionState.SCHEDULED
