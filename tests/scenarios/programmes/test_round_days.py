"""When rounds run: across the change of the clocks, on holidays, and on the 31st."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    LEADS,
    NOTICE,
    RUN,
    makes_programme,
    mentees,
    mentors,
    people,
    to_her_alone,
)
from tests.support.company import Company

BY_ITSELF = "The plan goes out by itself"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people("max", "ned"))


async def test_across_the_change_of_the_clocks_it_keeps_its_local_hour(company: Company) -> None:
    """Summer time begins on Sunday, 28 March 2027: ten o'clock is nine UTC from then on."""
    await company.until(datetime(2027, 3, 22, 10, 0, tzinfo=UTC))
    await makes_programme(company, "max", "ned", Who_lets_a_round_go_out=BY_ITSELF)
    await mentors(company, ["max"], **{"As a mentor, sessions a month at most": "4"})
    await mentees(company, ["ned"])
    for day, hour in (
        (datetime(2027, 3, 25, tzinfo=UTC), 10),
        (datetime(2027, 4, 1, tzinfo=UTC), 9),
    ):
        number = 1 + (day.month == 4)
        await company.until(day + timedelta(hours=hour, minutes=-1))
        card = await company["lea"].reads(f"Round {number}, Circle", where="dm")
        assert "I make the plan" in card.text
        assert "at 10:00" in card.text
        await company.until(day + timedelta(hours=hour))
        card = await company["lea"].reads(f"Round {number}, Circle", where="dm")
        assert "The plan went out by itself" in card.text


async def test_on_a_holiday_it_runs_the_next_working_day(company: Company) -> None:
    """Friday is Christmas Day, Monday its day in lieu: it runs on Tuesday, 29 December."""
    await company.until(datetime(2026, 12, 21, 10, 0, tzinfo=UTC))
    await makes_programme(
        company,
        "max",
        "ned",
        day="Friday",
        rules={"Public holidays of": "United Kingdom"},
        Who_lets_a_round_go_out=BY_ITSELF,
    )
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    notice = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)
    await company.until(notice - timedelta(minutes=1))
    company["ned"].never_reads("You take part in the next round")
    await company.until(notice)
    said = await company["ned"].reads("You take part in the next round", where="dm")
    assert "December 29, 2026 at 10:00" in said.text
    await company.until(datetime(2026, 12, 29, 9, 59, tzinfo=UTC))
    company["lea"].never_reads("The plan went out by itself")
    await company.until(datetime(2026, 12, 29, 10, 0, tzinfo=UTC))
    await company["lea"].reads("The plan went out by itself")


@sqlite_only
async def test_on_the_31st_of_every_month(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "ned")
    await company.until(datetime(2026, 12, 1, 10, 0, tzinfo=UTC))
    await lea.types("/mentoring programme", CHANNEL)
    await lea.picks("How often I bring people together", "Every month")
    await company.settle()
    await lea.fills({"Day of the month": "31"}, submit=True)
    await company.settle()
    assert lea.modal is not None
    for date in (
        "Thursday, December 31, 2026 at 10:00",
        "Monday, February 1, 2027 at 10:00",
        "Monday, March 1, 2027 at 10:00",
    ):
        assert date in lea.modal.text, date
    assert "on day 31, or on its last day" in lea.modal.text


@sqlite_only
async def test_an_edit_moves_what_is_to_come(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await lea.types("/mentoring programme", CHANNEL)
    await lea.fills({"Day of the week": "Wednesday", "Time of day": "15:30"}, submit=True)
    await company.settle()
    await lea.clicks("Save")
    await company.settle()
    await company.until(NOTICE)
    (notice,) = to_her_alone(company, "ned", "next round of Circle")
    assert "Wednesday, November 25, 2026 at 15:30" in notice
    await company.until(RUN + timedelta(hours=1))
    cards = [s.text for s in lea.screen("dm") if s.has("Round 1, Circle")]
    assert len(cards) == 1
    assert "On average" in cards[0]


@sqlite_only
async def test_without_rounds_nothing_comes_by_itself(company: Company) -> None:
    await makes_programme(company, "max", "ned", every="On request only")
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await company.until(RUN + timedelta(days=60))
    company["lea"].never_reads("Round 1")
    company["ned"].never_reads("next round of")
