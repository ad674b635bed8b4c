"""What stands in the file for the calendar, and when another one follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.services.sessions import calendar, timing
from bot.services.sessions.calendar import CalendarEntry, calendar_file
from bot.store.tables import Person, Session
from tests.scenarios.calendars import read
from tests.services.story import Story

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


async def entry(story: Story, session_id: int) -> CalendarEntry:
    found = await calendar.calendar_entry(story.ctx, session_id=session_id)
    assert found is not None
    return found


def test_a_hostile_name_stays_a_name() -> None:
    name = "Ana; DTSTART:19700101\r\nEND:VEVENT\n,\\"
    raw = calendar_file(
        CalendarEntry("u@lantern.invalid", 3, NOON, NOON, 45), summary=name, description="Where"
    )
    found = read(raw)
    assert (found.starts_at, found.ends_at) == (NOON, NOON + timedelta(minutes=45))
    assert found.summary == name.replace("\r\n", "\n")
    assert all(len(line.encode()) <= 75 for line in found.raw.split("\r\n"))


async def test_every_change_of_the_time_is_one_more(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    await timing.set_time(story.ctx, starts_at=NOON, **who)
    first = await entry(story, session.id)
    await timing.set_time(story.ctx, starts_at=NOON, place="Elsewhere", **who)
    assert (await entry(story, session.id)).sequence == first.sequence  # the file has no place
    await timing.set_time(story.ctx, starts_at=NOON, length_minutes=15, **who)
    shorter = await entry(story, session.id)
    assert (shorter.sequence, shorter.length_minutes) == (first.sequence + 1, 15)
    await timing.set_time(story.ctx, starts_at=LATER, **who)
    moved = await entry(story, session.id)
    assert (moved.uid, moved.sequence) == (first.uid, first.sequence + 2)
    assert len(await story.jobs(JobKind.CALENDAR_FILE)) == 3
    assert len(await story.waiting(JobKind.CALENDAR_FILE)) == 1


async def test_a_time_that_went_by_stays_where_it_was(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    sequence = (await entry(story, session.id)).sequence
    await story.reports(mentee, session, Outcome.NOT_YET)
    assert not await story.jobs(JobKind.CALENDAR_FILE, note=calendar.TAKEN_OUT)
    row = await story.facts.one(Session, session.id)
    assert row.calendar_sequence == sequence
    assert await calendar.calendar_entry(story.ctx, session_id=session.id) is None
