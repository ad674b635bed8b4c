"""Manners: one's own hours, three a day, nothing once it is settled, and later if one likes."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.domain.job_kinds import MANNERS, WITH_THE_START
from bot.domain.manners import DAILY_NUDGES, Manner
from bot.sandbox.people import PersonSpec
from bot.store.tables import Job, Person
from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    asks_taster,
    bot_messages,
    offers_to_mentor,
    scheduled,
)
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company
from tests.support.company import company as running_company

FAR_AWAY = ("Australia/Sydney", "America/Los_Angeles", "Asia/Kolkata")
# A Friday before each of these weeks: clocks change in one of the zones on the Sunday.
WEEKS = {
    "no change": datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
    "London goes back": datetime(2026, 10, 23, 15, 0, tzinfo=UTC),
    "Los Angeles goes forward": datetime(2026, 3, 6, 15, 0, tzinfo=UTC),
    "Sydney goes forward": datetime(2026, 10, 2, 13, 0, tzinfo=UTC),
}


@pytest.fixture(params=[(zone, week) for zone in FAR_AWAY for week in WEEKS], ids="-".join)
async def far_apart(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str
) -> AsyncIterator[Company]:
    """Ada in London, and a mentor far away, at the end of a week."""
    zone, week = request.param
    staff = (
        PersonSpec("ada", "Ada Adeyemi", tz="Europe/London"),
        PersonSpec("mo", "Mo Far", tz=zone),
    )
    async with running_company(
        tmp_path, database_url=database_url, staff=staff, start=WEEKS[week]
    ) as running:
        yield running


@sqlite_only
async def test_nothing_comes_at_night(far_apart: Company) -> None:
    company = far_apart
    await offers_to_mentor(company, "mo")
    await asks_flash(company, "ada")
    await company.until(company.clock.now() + timedelta(days=3, hours=14))
    await accepts(company, "mo")
    await company["ada"].types("/mentoring sessions")
    await company["ada"].clicks("Set a time")
    await company["ada"].fills({"Or type it": "next Wednesday 16:00"}, submit=True)
    await company.until(company.clock.now() + timedelta(days=14))
    for job, person in await _said(company):
        if MANNERS[job.kind] in (Manner.NUDGE, Manner.NEWS):
            local = _local(job, person)
            assert 9 <= local.hour < 17, (job.kind, local)
            assert local.weekday() < 5, (job.kind, local)
    kinds = {job.kind.value for job, _ in await _said(company)}
    assert {"offer", "outcome_ask", "reminder_soon"} <= kinds


async def test_at_most_three_nudges_a_day(company: Company) -> None:
    for mentor in ("bruno", "chen", "dara"):
        await offers_to_mentor(company, mentor)
    for topic in ("First", "Second", "Third"):
        await asks_taster(company, "ada", topic)
    await company.until(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    for mentor in ("bruno", "dara"):
        await accepts(company, mentor)
    await company.until(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    await accepts(company, "chen")
    ada = company["ada"]
    await company.until(datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    for name, at in (("Bruno Costa", "13:00"), ("Dara Quinn", "14:00"), ("Chen Wei", "16:00")):
        await ada.clicks("Set a time", in_message=f"meet @{name}")
        await ada.fills({"Or type it": f"next Monday {at}"}, submit=True)
        await company.settle()
    await company.let_pass(days=14)
    a_day: Counter[tuple[int, str]] = Counter()
    for job, person in await _said(company):
        if MANNERS[job.kind].counts and job.kind not in WITH_THE_START:
            local = _local(job, person)
            a_day[person.id, local.date().isoformat()] += 1
    assert max(a_day.values()) == DAILY_NUDGES


async def test_nothing_comes_once_the_matter_is_settled(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.says("How to say no")
    for person, handle in ((ada, "ada"), (bruno, "bruno")):
        for line in (await person.reads("Your checklist for")).text.splitlines():
            if line.startswith("☐"):
                await person.ticks(line.removeprefix("☐ "), in_message="Your checklist")
        await company.settle()
        assert bot_messages(company, handle, "You are ready.")
    await company.until(THURSDAY + timedelta(minutes=45))
    for person in (ada, bruno):
        person.never_reads("still open")
        person.never_reads("There is no agenda yet.")
        person.never_reads("One line about what you want")
        await person.clicks("Yes")
    await company.let_pass(days=3)
    for person in (ada, bruno):
        person.never_reads("A short question")


@pytest.mark.parametrize(
    ("choice", "back_at"),
    [
        ("In an hour", datetime(2026, 11, 26, 16, 10, tzinfo=UTC)),
        ("Tomorrow", datetime(2026, 11, 27, 9, 0, tzinfo=UTC)),
        ("Next week", datetime(2026, 11, 30, 9, 0, tzinfo=UTC)),
    ],
)
@sqlite_only
async def test_a_nudge_is_put_off(company: Company, choice: str, back_at: datetime) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(minutes=40))
    ada = company["ada"]
    await ada.picks("Remind me later", choice, in_message="take place?")
    await company.settle()
    put_off = await ada.reads("Put off. I come back to it")
    assert put_off.buttons == ()
    await company.until(back_at - timedelta(minutes=1))
    ada.never_reads("take place?")
    await company.until(back_at + timedelta(minutes=1))
    again = await ada.reads("take place?")
    assert "Yes" in again.buttons
    await ada.clicks("Yes")
    await company.settle()
    await ada.reads("Good to hear that you met @Bruno Costa.")


@sqlite_only
async def test_what_cannot_wait_says_so(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY - timedelta(hours=23))
    await company["ada"].picks("Remind me later", "Next week", in_message="Soon you meet")
    await company.settle()
    await company["ada"].reads("This cannot wait that long. Please choose a shorter time.")
    await company["ada"].reads("Soon you meet")


def _local(job: Job, person: Person) -> datetime:
    """When it was said, on the reader's own watch."""
    assert job.said_at is not None
    return job.said_at.astimezone(ZoneInfo(person.zone))


async def _said(company: Company) -> list[tuple[Job, Person]]:
    """What was said to one person, with that person."""
    async with company.bot.ctx.db.read() as session:
        statement = select(Job, Person).where(
            Job.recipient_id == Person.id,
            Job.said_at.is_not(None),  # type: ignore[union-attr]
        )
        return [(job, person) for job, person in (await session.execute(statement)).all()]
