"""Bad input, times: gone by, in a gap or a fold of the clock, too far, unreadable, too long.

On SQLite only: a time is read before the database sees it, and stored in UTC.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.scenarios.acts import THURSDAY, bot_messages, paired, scheduled
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company
from tests.support.company import company as running_company

pytestmark = sqlite_only


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yesterday 14:30", "This time has gone by."),
        ("20 Nov 2026 9:00", "This time has gone by."),
        ("Thursday", "The day is clear; which hour do you mean?"),
        ("when the cows come home", "I cannot read this as a time."),
        ("25:61", "I cannot read this as a time."),
        ("1 Dec 2030 10:00", "more than 180 days away"),
        ("", "Please pick a time, or type one"),
    ],
)
async def test_the_modal_says_what_is_wrong_and_keeps_everything(
    company: Company, typed: str, answer: str
) -> None:
    await paired(company)
    ada = company["ada"]
    await ada.clicks("Set a time")
    await ada.fills({"Or type it": typed, "Where": "Room 5"}, submit=True)
    assert answer in ada.errors["Or type it"]
    assert ada.modal is not None
    assert ada.modal.values["Or type it"] == typed
    assert ada.modal.values["Where"] == "Room 5"
    await ada.fills({"Or type it": "Thursday 14:30"}, submit=True)
    await company.settle()
    assert "Room 5" in (await company["bruno"].reads("has set the time")).text


async def test_a_picked_time_in_the_past_is_refused_at_its_field(company: Company) -> None:
    await paired(company)
    ada = company["ada"]
    await ada.clicks("Set a time")
    await ada.fills({"Pick a time": company.clock.now() - timedelta(hours=1)}, submit=True)
    assert "This time has gone by." in ada.errors["Pick a time"]


async def test_a_past_time_in_words_is_answered_in_words(company: Company) -> None:
    await paired(company)
    await company["ada"].says("yesterday 14:30")
    await company.settle()
    await company["ada"].reads("This time has gone by. Please give one that is still to come.")
    company["bruno"].never_reads("has set the time")


@pytest.fixture
async def spring(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    """Thursday 2026-03-26 in London; the clocks go forward on Sunday."""
    start = datetime(2026, 3, 26, 10, 0, tzinfo=UTC)
    async with running_company(tmp_path, database_url=database_url, start=start) as running:
        yield running


@pytest.fixture
async def autumn(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    """Thursday 2026-10-22 in London; the clocks go back on Sunday."""
    start = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)
    async with running_company(tmp_path, database_url=database_url, start=start) as running:
        yield running


async def test_an_hour_that_does_not_exist_is_refused(spring: Company) -> None:
    await paired(spring)
    ada = spring["ada"]
    await ada.clicks("Set a time")
    await ada.fills({"Or type it": "Sunday 1:30"}, submit=True)
    assert "The clocks go forward that day, and 01:30 does not exist." in ada.errors["Or type it"]
    await ada.closes()
    await ada.says("Sunday 1:30")
    await spring.settle()
    await ada.reads("The clocks go forward that day")


async def test_an_hour_that_happens_twice_is_the_first(autumn: Company) -> None:
    await paired(autumn)
    await autumn["ada"].says("Sunday 1:30")
    await autumn.settle()
    for handle in ("ada", "bruno"):
        told = await autumn[handle].reads("has set the time for your flash session")
        assert "Sunday, October 25, 2026 at 01:30" in told.text
    await autumn.until(datetime(2026, 10, 25, 0, 31, tzinfo=UTC))
    await autumn["ada"].reads("starts now.")


async def test_a_time_across_the_change_keeps_its_hour(autumn: Company) -> None:
    await paired(autumn)
    await autumn["ada"].says("Monday 14:30")
    await autumn.until(datetime(2026, 10, 26, 14, 31, tzinfo=UTC))
    for handle in ("ada", "bruno"):
        assert len(bot_messages(autumn, handle, "starts now.")) == 1
        soon = await autumn[handle].reads("In a few minutes you meet")
        assert float(soon.ts) // 60 * 60 == datetime(2026, 10, 26, 14, 20, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("minutes", ["90", "61", "0", "-5", "x"])
@pytest.mark.parametrize("modal", ["flash", "set_time"])
async def test_nobody_gets_more_than_an_hour(company: Company, modal: str, minutes: str) -> None:
    """The menu offers an hour at most; this is a submission forged past it."""
    ada = company["ada"]
    if modal == "flash":
        await ada.types("/mentoring flash")
        await ada.fills({"What is it about?": "Time", "What do you hope to leave with?": "More"})
    else:
        await paired(company)
        await ada.clicks("Set a time")
        await ada.fills({"Or type it": "Thursday 14:30"})
    view = ada.client.modals[-1].view
    option = {"text": {"type": "plain_text", "text": minutes}, "value": minutes}
    held = {"type": "static_select", "selected_option": option}
    view.typed["length"] = dict.fromkeys(view.typed["length"], held)
    await ada.client.submit(view)
    await company.settle()
    if minutes in ("90", "61"):
        assert ada.errors["How long"] == (
            "A session lasts an hour at most. Please choose a shorter length."
        )
    else:
        assert not any("-5" in text for text in bot_messages(company, "ada"))
    if ada.modal is not None:
        await ada.fills({"How long": "1 hour"}, submit=True)
        await company.settle()
    assert ada.modal is None


async def test_a_time_is_not_changed_once_it_took_place(company: Company) -> None:
    await scheduled(company)
    ada = company["ada"]
    await ada.clicks("Change the time", in_message="has set the time")
    await company.until(THURSDAY + timedelta(minutes=45))
    await company["bruno"].clicks("Yes")
    await company.settle()
    await ada.fills({"Or type it": "Friday 11:00"}, submit=True)
    assert ada.errors == {
        "Pick a time": "This session has taken place, so its time stays as it is."
    }
