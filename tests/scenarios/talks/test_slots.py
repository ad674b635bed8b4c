"""Finding a time by ticking: two in one zone, two who never meet, three over a clock change."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.scenarios.acts import accepts, asks_flash, offers_to_mentor, paired
from tests.scenarios.calendars import entries
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    DATA,
    DESIGN,
    LEADS,
    approves,
    joins,
    makes_programme,
    people,
)
from tests.support.company import Company
from tests.support.company import company as running_company

WEDNESDAY = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)  # a Monday; Europe's clocks go back that week
ROUND = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)  # Thursday at ten in London, still summer time
ZONES = {"ann": "Europe/London", "ben": "America/New_York", "cat": "Europe/Berlin"}


def box(start: datetime, zone: str) -> str:
    """What a proposed start is called on the screen of somebody in `zone`."""
    local = start.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B, %H:%M}"


def proposed(company: Company, handle: str, zone: str, since: datetime) -> list[datetime]:
    """The starts whose boxes are on this person's newest list, in their order."""
    (*_, newest) = [s for s in company[handle].screen("dm") if s.has("When could you meet?")]
    halves = (since + timedelta(minutes=30 * n) for n in range(48 * 21))
    return [start for start in halves if box(start, zone) in newest.text]


async def test_both_tick_and_the_first_common_time_is_set(company: Company) -> None:
    await paired(company)
    ada, bruno = company["ada"], company["bruno"]
    listed = await ada.reads("When could you meet? These times fit between you and @Bruno Costa")
    assert "The first that suits you both is set at once." in listed.text
    assert listed.where == "dm"
    await ada.ticks("Thursday 26 November, 09:00")
    await ada.ticks("Wednesday 25 November, 16:30")
    await company.settle()
    await bruno.reads("@Ada Adeyemi has ticked.")
    await bruno.ticks("Tuesday 24 November, 10:00")
    await company.settle()
    await bruno.reads("You have both ticked, and nothing suits you both yet.")
    await bruno.ticks("Wednesday 25 November, 16:30")
    await company.settle()
    for person in (ada, bruno):
        await person.reads("A time is found: you meet", where="dm")
        told = await person.reads("Your flash session has a time.", where="group")
        assert "Wednesday, November 25, 2026 at 16:30" in told.text
        person.never_reads("Tick all that suit you")
    (entry,) = entries(company, "ada")
    assert entry.starts_at == WEDNESDAY


async def test_a_time_typed_meanwhile_ends_the_ticking(company: Company) -> None:
    await paired(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.ticks("Wednesday 25 November, 16:30")
    await bruno.clicks("Type another time")
    await bruno.fills({"Or type it": "Friday 11:00"}, submit=True)
    await company.settle()
    told = await ada.reads("A time is found: you meet @Bruno Costa", where="dm")
    assert "Friday, November 27, 2026 at 11:00" in told.text


@sqlite_only
async def test_hours_that_never_meet_are_said_plainly(company: Company) -> None:
    await offers_to_mentor(company, "chen")
    await asks_flash(company, "ada")
    await company.let_pass(hours=16)  # Chen's morning
    await accepts(company, "chen")
    await company.let_pass(hours=8)  # Ada's
    ada, chen = company["ada"], company["chen"]
    told = await ada.reads("and your free hours never meet", where="dm")
    assert "You: any working day, 09:00–17:00" in told.text
    assert "@Chen Wei: any working day, 09:00–17:00 there, which is 01:00–09:00 for you" in (
        told.text
    )
    back = await chen.reads("and your free hours never meet", where="dm")
    assert "@Ada Adeyemi: any working day, 09:00–17:00 there, which is 17:00–01:00 for you" in (
        back.text
    )
    await ada.clicks("Set a time", in_message="your free hours never meet")
    await ada.fills({"Or type it": "Friday 8:30"}, submit=True)
    await company.settle()
    await ada.reads("A time is found: you meet @Chen Wei", where="dm")


@pytest.fixture
async def autumn(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    """A company in the week in which Europe's clocks go back; New York's do a week later."""
    staff = (*LEADS, *(one for name, zone in ZONES.items() for one in people(name, tz=zone)))
    async with running_company(
        tmp_path, staff=staff, start=OCTOBER, database_url=database_url
    ) as running:
        yield running


async def test_three_people_reschedule_over_a_clock_change(autumn: Company) -> None:
    company = autumn
    await _three(company)
    first = proposed(company, "ann", ZONES["ann"], ROUND)
    for handle, zone in ZONES.items():
        assert proposed(company, handle, zone, ROUND) == first
        for start in first:
            local = start.astimezone(ZoneInfo(zone))
            assert (9, 0) <= (local.hour, local.minute) <= (16, 30)
    monday = next(start for start in first if start.day == 26)
    assert monday.astimezone(ZoneInfo("America/New_York")).hour in (9, 10, 11)
    await _all_tick(company, monday)
    for handle in ZONES:
        await company[handle].reads("has a time.", where="group")

    await company["ben"].clicks("Cancel", in_message="has a time.")
    await company["ben"].submits()
    await company.settle()
    again = proposed(company, "ann", ZONES["ann"], ROUND)
    for handle, zone in ZONES.items():
        assert proposed(company, handle, zone, ROUND) == again
    november = next(start for start in again if start.month == 11 and start.day > 1)
    await _all_tick(company, november)
    told = await company["cat"].reads("has moved.", where="group")
    local = november.astimezone(ZoneInfo(ZONES["cat"]))
    assert f"{local:%A, %B} {local.day}, 2026 at {local:%H:%M}" in told.text
    files = entries(company, "cat")
    assert [file.method for file in files] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert [file.starts_at for file in files] == [monday, monday, november]
    assert files[-1].summary.count(",") + files[-1].summary.count(" and ") == 2

    await company.until(november - timedelta(minutes=5))
    for handle in ZONES:
        await company[handle].reads("In a few minutes you meet", where="dm")
    await company.until(november + timedelta(minutes=1))
    for handle in ZONES:
        await company[handle].reads("starts now.", where="dm")


async def _three(company: Company) -> None:
    """Ann, Ben and Cat are brought together, with no time yet, and all have heard of it."""
    await makes_programme(
        company,
        *ZONES,
        Who_meets_whom="Peers: equals, two by two",
        What_they_have_together="Spot: a casual talk, tasters too",
    )
    for handle in ZONES:
        await joins(company, handle, roles=None, offers=[DESIGN, DATA], seeks=[DATA, DESIGN])
    await company.until(ROUND)
    await approves(company)
    await company.until(ROUND + timedelta(hours=5))


async def _all_tick(company: Company, start: datetime) -> None:
    for handle, zone in ZONES.items():
        await company[handle].ticks(box(start, zone), in_message="When could you meet?")
        await company.settle()
