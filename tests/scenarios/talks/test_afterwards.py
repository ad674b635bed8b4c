"""After the hour: did it happen, next steps, thanks, closing, and nothing kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.store.columns import Sealed, SealedJSON
from bot.store.tables import Enrolment, Session
from tests.scenarios.acts import THURSDAY, bot_messages, held, scheduled
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

AFTER = THURSDAY + timedelta(minutes=45)
STEPS = (
    "- Turn on lock logging by tomorrow\n- bruno will not do this\nyou: send me the book by Friday"
)


@pytest.fixture
async def over(company: Company) -> Company:
    """Ada and Bruno's hour has gone by; both are asked whether it took place."""
    await scheduled(company)
    await company.until(AFTER)
    return company


@pytest.fixture
async def told(company: Company) -> Company:
    """It took place, as both of them said."""
    await held(company)
    return company


async def test_both_are_asked_and_both_answers_are_kept(over: Company) -> None:
    for handle in ("ada", "bruno"):
        asked = await over[handle].reads("take place?")
        assert asked.buttons == ("Yes", "No", "Not yet")
    await over["ada"].clicks("Yes")
    await over.settle()
    await over["ada"].reads("Good to hear that you met @Bruno Costa.")
    assert "No" in (await over["bruno"].reads("take place?")).buttons
    await over["bruno"].clicks("No")
    await over.settle()
    await over["bruno"].reads("You said: no, it did not take place.")
    await over["ada"].reads("You said: yes, it took place.")
    await over["ada"].reads("What did you agree with @Bruno Costa?")


async def test_what_looked_ahead_no_longer_does(told: Company) -> None:
    await told["ada"].reads("this was about your flash session. It has taken place.", where="group")
    for handle in ("ada", "bruno"):
        for seen in told[handle].screen():
            assert not {"Set a time", "Change the time", "Cancel"} & set(seen.buttons), seen


async def test_not_yet_finds_a_new_time(over: Company) -> None:
    await over["bruno"].clicks("Not yet")
    await over.settle()
    await over["bruno"].reads("Then you and @Ada Adeyemi find another time.")
    await over["ada"].reads("asks for another time", where="group")
    over["ada"].never_reads("Yes")
    await over["ada"].clicks("Set a time")
    await over["ada"].fills({"Or type it": "Monday 11:00"}, submit=True)
    await over.settle()
    await over.until(datetime(2026, 11, 30, 11, 45, tzinfo=UTC))
    for handle in ("ada", "bruno"):
        await over[handle].clicks("Yes")
    await over.settle()
    await over["ada"].reads("What did you agree with @Bruno Costa?")


async def test_no_and_no_ends_it_kindly(over: Company) -> None:
    for handle in ("ada", "bruno"):
        await over[handle].clicks("No")
        await over.settle()
    away = await over["ada"].reads("These things happen.")
    assert "/mentoring flash finds you another talk." in away.text
    await over["bruno"].reads("There is nothing more for you to do.")
    before = len(bot_messages(over, "ada"))
    await over.let_pass(days=10)
    assert len(bot_messages(over, "ada")) == before


async def test_silence_is_asked_about_once_and_then_settled(over: Company) -> None:
    await over.let_pass(days=1, hours=2)
    for handle in ("ada", "bruno"):
        await over[handle].reads("A short question, asked once more")
    await over.let_pass(days=5)
    for handle in ("ada", "bruno"):
        assert len(bot_messages(over, handle, "If it did after all, tell me here.")) == 2
        over[handle].never_reads("Would you like to say thanks")
    await over.let_pass(days=14)  # closed: nothing can be said any more
    for handle in ("ada", "bruno"):
        assert len(bot_messages(over, handle, "This question is settled.")) == 2
        assert "Yes" not in [b for seen in over[handle].screen("dm") for b in seen.buttons]


async def test_next_steps_in_words_are_asked_about_on_the_day(told: Company) -> None:
    ada, bruno = told["ada"], told["bruno"]
    await ada.says(STEPS)
    await told.settle()
    saved = await ada.reads("Each owner hears from me on the date")
    for words in ("Turn on lock logging", "bruno will not do this", "send me the book"):
        assert words in saved.text
    await bruno.reads("Next steps with @Ada Adeyemi")
    await told.until(datetime(2026, 11, 27, 9, 1, tzinfo=UTC))
    due = await ada.reads("The day you chose for this next step")
    assert "Turn on lock logging" in due.text
    assert due.buttons == ("Done", "Still on it", "Let it go")
    await bruno.reads("The day you chose for this next step")
    await ada.clicks("Done", in_message="The day you chose")
    await told.settle()
    await ada.reads("You did what you set out to do.")
    await told.until(datetime(2026, 12, 11, 17, 0, tzinfo=UTC))
    assert not bot_messages(told, "ada", "Turn on lock logging by")
    follow_up = await bruno.reads("Two weeks have gone by since this next step")
    assert "send me the book" in follow_up.text
    await bruno.clicks("Let it go", in_message="Two weeks have gone by")
    await told.settle()
    await bruno.reads("You let this go, which is allowed.")


async def test_next_steps_by_the_modal(told: Company) -> None:
    ada = told["ada"]
    await ada.clicks("Add next steps")
    await ada.fills(
        {
            "First step": "Write the brief",
            "First step: by when": "2026-12-02",
            "Second step": "Read the brief",
            "Second step: by when": "2026-12-03",
            "Second step: who does it": "Bruno does",
        },
        submit=True,
    )
    await told.settle()
    saved = await ada.reads("Each owner hears from me on the date")
    assert "You · by Wednesday 2 December" in saved.text
    assert "@Bruno Costa · by Thursday 3 December" in saved.text
    await told.until(datetime(2026, 12, 3, 10, 0, tzinfo=UTC))
    await told["bruno"].reads("Read the brief")
    await ada.clicks("Still on it", in_message="Write the brief")
    await told.settle()
    await told.until(datetime(2026, 12, 16, 10, 0, tzinfo=UTC))
    await ada.reads("Two weeks have gone by since this next step")


async def test_thanks_go_both_ways(told: Company) -> None:
    ada, bruno = told["ada"], told["bruno"]
    await told.let_pass(days=1)
    await ada.clicks("Say thanks", in_message="Would you like to say thanks")
    assert ada.modal is not None
    assert "Thank you for your time, Bruno." in ada.modal.values["How did it help you?"]
    await ada.fills({"How did it help you?": "I slept well after it."}, submit=True)
    await told.settle()
    card = await bruno.reads("@Ada Adeyemi says thank you.")
    assert "I slept well after it." in card.text
    assert card.buttons == ("Say thanks",)
    await bruno.clicks("Say thanks", in_message="says thank you")
    await bruno.fills({"What did you gain?": "A fresh look."}, submit=True)
    await told.settle()
    await ada.reads("A fresh look.")
    await told.let_pass(days=5)
    for person in (ada, bruno):
        person.never_reads("is never too late")
        await person.reads("Your thanks are with")


async def test_silence_is_nudged_about_thanks_once(told: Company) -> None:
    await told.let_pass(days=12)
    for handle in ("ada", "bruno"):
        assert len(bot_messages(told, handle, "is never too late")) == 1


async def test_it_closes_and_after_ninety_days_no_words_are_kept(told: Company) -> None:
    ada = told["ada"]
    await ada.says(STEPS)
    await told.let_pass(days=1)
    await ada.clicks("Say thanks", in_message="Would you like to say thanks")
    await ada.fills({"How did it help you?": "I slept well after it."}, submit=True)
    await told.settle()
    assert await _sealed_words(told)
    assert not await _raw(told, "slept well", "lock logging", "Speaking up"), "sealed at rest"
    await told.let_pass(days=15)
    assert {row.state.value for row in await _rows(told, Session)} == {"closed"}
    await ada.types("/mentoring sessions")
    await told.let_pass(days=91)
    # What a mentor offers is theirs, and stays.
    assert await _sealed_words(told) == []
    assert not await _raw(told, "slept well", "lock logging", "Speaking up", "One thing to try")


@sqlite_only
async def test_a_session_that_is_closed_answers_every_old_button(told: Company) -> None:
    await told.let_pass(days=15)
    for handle in ("ada", "bruno"):
        person = told[handle]
        for seen in person.screen():
            for label in set(seen.buttons) & {"Set a time", "Change the time", "Write the agenda"}:
                await person.clicks(label, in_message=seen.text[:40])
                await told.settle()
                assert person.modal or bot_messages(told, handle)


async def _rows(company: Company, table: type[SQLModel]) -> list[Any]:
    async with company.bot.ctx.db.read() as session:
        return list((await session.execute(select(table))).scalars())


async def _sealed_words(company: Company) -> list[Any]:
    """Every value in a sealed column, wherever it is."""
    found: list[Any] = []
    async with company.bot.ctx.db.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                if (
                    isinstance(column.type, Sealed | SealedJSON)
                    and table.name != Enrolment.__tablename__
                ):
                    found += (await session.execute(select(column))).scalars().all()
    return [each for each in found if each is not None]


async def _raw(company: Company, *words: str) -> list[str]:
    """Where any of the words stands in the database as it lies there."""
    found: list[str] = []
    async with company.bot.ctx.db.read() as session:
        connection = await session.connection()
        for table in SQLModel.metadata.sorted_tables:
            rows = (await connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')).all()
            found += [table.name for row in rows if any(w in str(tuple(row)) for w in words)]
    return found


async def test_thanks_in_plain_words_are_asked_about_and_sent(company: Company) -> None:
    await held(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.says("Thank you, Bruno. I slept well after it.")
    await company.settle()
    asked = await ada.reads("Please tell me what this is for", where="dm")
    assert asked.buttons[:2] == ("A thank-you to Bruno", "Next steps, Ada and Bruno")
    bruno.never_reads("I slept well")
    await ada.clicks("A thank-you to Bruno")
    await company.settle()
    await company.let_pass(days=1)
    assert (await bruno.reads("I slept well after it.", where="dm")).has("@Ada Adeyemi")
    ada.never_reads("I slept well", where="group")
