"""Two flash sessions become an agreement of six months, twelve sessions, and a graceful end."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.domain.states import RelationshipState, SessionState
from bot.store.tables import Agreement, Person, Relationship, Session, Tie
from tests.scenarios.acts import accepts, asks_flash, bot_messages, held, sets_time
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

STAGES = ("the first meeting by your agreement", "You are half-way")


async def rows(company: Company, table: type[SQLModel]) -> list[Any]:
    async with company.bot.ctx.db.read() as session:
        return list((await session.execute(select(table).order_by("id"))).scalars())


async def finds_a_time(company: Company) -> None:
    """Ada sets the next Wednesday that is some days away, at two in the afternoon in London."""
    day = company.clock.now().date() + timedelta(days=3)
    day += timedelta(days=(2 - day.weekday()) % 7)
    await sets_time(company, "ada", f"{day.day} {day:%b} 14:00")


async def after_it(company: Company) -> None:
    """The day after the session ahead: both have been asked how it went."""
    session = await ahead(company)
    assert session is not None
    assert session.starts_at is not None
    await company.until(session.starts_at + timedelta(days=1, hours=4))


async def both(company: Company, label: str, in_message: str) -> None:
    for handle in ("ada", "bruno"):
        await company[handle].clicks(label, in_message=in_message)
        await company.settle()


async def second_flash(company: Company) -> None:
    """Three weeks later the two talk again, in a flash session of its own."""
    await company.let_pass(days=20)
    await asks_flash(company, "ada", "Leading a review", "A plan for my first review")
    await accepts(company, "bruno")
    await finds_a_time(company)
    await after_it(company)
    await both(company, "Yes", "take place?")
    await company.let_pass(days=16)


async def agreed(company: Company) -> None:
    """Ada asks, Bruno would like to, both sign."""
    ada, bruno = company["ada"], company["bruno"]
    await ada.types("/mentoring formal")
    await ada.clicks("Ask them")
    await company.settle()
    await company.let_pass(days=3)
    await bruno.clicks("Yes, let us", in_message="be their mentor")
    await company.settle()
    await company.let_pass(days=3)
    await both(company, "Sign", "It holds once")


async def become_formal(company: Company) -> None:
    """Ada and Bruno have an agreement: every two weeks, for six months."""
    await held(company)
    await company.let_pass(days=16)
    await agreed(company)


@pytest.fixture
async def formal(company: Company) -> Company:
    """A company in which Ada and Bruno have an agreement."""
    await become_formal(company)
    return company


async def ahead(company: Company) -> Any:
    """The session that is still to come."""
    live = (SessionState.MATCHED, SessionState.SCHEDULED)
    return next((row for row in await rows(company, Session) if row.state in live), None)


def ada_is_asked(company: Company, fragment: str) -> bool:
    """Whether what she is asked for the session ahead speaks of this stage of their way."""
    asked = bot_messages(company, "ada", "Worth talking about this time")
    return any(fragment in text for text in asked)


async def hold_one(company: Company) -> None:
    """The session ahead takes place, and both say so."""
    await after_it(company)
    await both(company, "Yes", "take place?")
    await company.let_pass(days=3)


@sqlite_only
async def test_of_a_mentor_with_mentees_enough_one_talk_is_asked(company: Company) -> None:
    ada, bruno = company["ada"], company["bruno"]
    await held(company)
    await company.let_pass(days=16)
    await company["chen"].types("/mentoring help")
    await company.settle()
    async with company.bot.ctx.db.work() as work:
        (session,) = (await work.session.execute(select(Session))).scalars()
        chen = select(Person.id).where(Person.slack_id == company["chen"].id)
        await work.add(
            Relationship(
                programme_id=session.programme_id,
                mentor_id=session.mentor_id,
                mentee_id=(await work.session.execute(chen)).scalar_one(),
                state=RelationshipState.ACTIVE,
                began_at=company.clock.now(),
                started_on=company.clock.now().date(),
            )
        )
        await work.commit()
    await ada.types("/mentoring formal")
    await ada.clicks("Ask them")
    await ada.reads("Bruno Costa has as many formal mentees as there is room for.", where="modal")
    await ada.fills(
        {"Advice on what?": "My next step", "What do you hope to leave with?": "A plan"},
        submit=True,
    )
    await company.let_pass(days=3)  # a weekend
    await bruno.reads("would like to talk with you for 30 minutes", where="dm")
    bruno.never_reads("be their mentor")


async def test_from_two_talks_to_twelve_and_a_good_end(company: Company) -> None:
    ada, bruno = company["ada"], company["bruno"]
    await held(company)
    await second_flash(company)
    await ada.types("/mentoring formal")
    await ada.reads("With whom would you like to go on?")
    await ada.clicks("Ask them")
    await company.settle()
    await ada.reads("I have asked. You hear from me either way.")
    await company.let_pass(days=3)
    await bruno.clicks("Yes, let us", in_message="be their mentor")
    await company.let_pass(days=3)
    card = await ada.reads("This is a draft of what you might agree")
    assert "A plan for my first review" in card.text, "drafted from what was written"
    # Bruno changes it while Ada signs: her signature is for the older version.
    await bruno.clicks("Change it", in_message="This is a draft")
    await ada.clicks("Sign", in_message="This is a draft")
    await company.settle()
    await bruno.fills({"How long": "45 minutes"}, submit=True)
    await bruno.fills({"How the mentor supports": "Honest answers"}, submit=True)
    await company.settle()
    assert bruno.modal is None, bruno.modal
    await company.let_pass(days=3)
    await ada.reads("changed your agreement")
    assert (await rows(company, Relationship))[0].state is RelationshipState.DRAFTING
    await both(company, "Sign", "It holds once")
    await company.settle()
    await company.let_pass(days=3)
    for person in (ada, bruno):
        signed = await person.reads("have both signed")
        assert "Honest answers" in signed.text
    assert (await rows(company, Relationship))[0].state is RelationshipState.ACTIVE
    await finds_a_time(company)
    starts, said = [], []
    for _ in range(12):
        session = await ahead(company)
        starts.append(session.starts_at)
        said.append([each for each in STAGES if ada_is_asked(company, each)])
        await hold_one(company)
    assert said[0] == [STAGES[0]]
    assert sorted(said[1:]) == [[]] * 10 + [[STAGES[1]]], "the review comes once, half-way"
    assert all((b - a).days in range(13, 18) for a, b in pairwise(starts))
    done = [row for row in await rows(company, Session) if row.relationship_id and row.held_at]
    assert len(done) == 12
    assert {row.length_minutes for row in done} == {45}
    # Two weeks before its time is over, Ada has what she came for.
    await ada.types("/mentoring end")
    await ada.fills(
        {
            "What did you gain?": "I lead reviews now",
            "A word of thanks": "Thank you for all of it",
            "What is next": ["I would like to keep in touch, once a quarter"],
        },
        submit=True,
    )
    await company.settle()
    await company.let_pass(days=3)
    news = await bruno.reads("has brought your mentoring to its end")
    assert "Thank you for all of it" in news.text
    assert "keep in touch" not in news.text
    await bruno.clicks("Look back")
    await bruno.fills(
        {"What is next": ["I would like to keep in touch, once a quarter"]}, submit=True
    )
    await company.settle()
    for person in (ada, bruno):
        await person.reads("keep in touch: I ask you both once a quarter")
    assert await ahead(company) is None
    assert len(await rows(company, Tie)) == 1
    await company.let_pass(days=92)
    (row,) = await rows(company, Relationship)
    assert row.state is RelationshipState.ENDED
    assert (row.gained, row.erased_at is not None) == (None, True)
    assert [each.content for each in await rows(company, Agreement)] == [None, None]
    assert not bot_messages(company, "bruno", "Thank you for all of it")


async def test_no_is_said_kindly(company: Company) -> None:
    await held(company)
    await company.let_pass(days=16)
    await company["ada"].types("/mentoring formal")
    await company["ada"].clicks("Ask them")
    await company.let_pass(days=3)
    await company["bruno"].clicks("Not now")
    await company.settle()
    await company.let_pass(days=3)
    await company["ada"].reads("That says nothing about you")
    await company["ada"].types("/mentoring formal")
    await company["ada"].reads("With whom would you like to go on?")


async def test_both_press_end_at_once(formal: Company) -> None:
    ada, bruno = formal["ada"], formal["bruno"]
    for person in (ada, bruno):
        await person.types("/mentoring end")
    await ada.fills({"A word of thanks": "Thanks from Ada"}, submit=True)
    await bruno.fills({"A word of thanks": "Thanks from Bruno"}, submit=True)
    await formal.settle()
    assert (ada.modal, bruno.modal) == (None, None)
    await formal.let_pass(days=3)
    await ada.reads("Thanks from Bruno")
    await bruno.reads("Thanks from Ada")
    assert len(bot_messages(formal, "ada", "to its end")) == 1
    assert await ahead(formal) is None


async def test_quiet_for_long_and_a_fresh_start(formal: Company) -> None:
    ada = formal["ada"]
    await finds_a_time(formal)
    await after_it(formal)
    await both(formal, "No", "take place?")
    await formal.let_pass(days=22)
    word = bot_messages(formal, "ada", "have not talked for a while")
    assert len(word) == 1
    for _ in range(2):
        session = await ahead(formal)
        if session is not None and session.starts_at is not None:
            await after_it(formal)
            await both(formal, "No", "take place?")
    await formal.let_pass(days=20)
    await ada.clicks("Start afresh")
    await formal.settle()
    await ada.reads("You and @Bruno Costa go on. Good.")
    assert await ahead(formal) is not None


async def test_one_who_leaves_the_company(formal: Company) -> None:
    await finds_a_time(formal)
    formal.workspace.deactivate("bruno")
    await formal.settle()
    await formal.let_pass(days=3)
    ada = formal["ada"]
    await ada.reads("is no longer in the workspace, so your mentoring has come to its end")
    assert await ahead(formal) is None
    await formal.let_pass(days=200)
    assert not [seen for seen in ada.screen() if "Look back" in seen.buttons]


async def test_its_time_is_over(formal: Company) -> None:
    await formal.let_pass(days=200)
    for handle in ("ada", "bruno"):
        await formal[handle].reads("agreed on is over")
        assert bot_messages(formal, handle, "still fit") or bot_messages(
            formal, handle, "which has ended"
        )
    assert await ahead(formal) is None


async def test_the_agenda_of_two_who_meet_regularly(formal: Company) -> None:
    await finds_a_time(formal)
    await formal["ada"].clicks("Write the agenda", in_message="What would you like to talk about")
    words = {"What has happened since": "I led my first review", "To talk about": "The second one"}
    await formal["ada"].fills(words, submit=True)
    await formal.settle()
    card = await formal["bruno"].reads("The agenda from")
    assert "I led my first review" in card.text
    session = await ahead(formal)
    day = (session.starts_at + timedelta(weeks=2)).strftime("%A, %B %-d, %Y")
    assert f"the next is planned for {day} at 14:00" in card.text
