"""A session as an entry for everybody's calendar: an iCalendar file (RFC 5545 and 5546).

The file says who, when and what kind of session it is, and nothing of what they wrote. All that is
sent about one session bears one UID; each change has a higher SEQUENCE, so that a calendar replaces
its entry, or takes it away.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import and_, col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.domain.timeline.planned import plan_prefix
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.tables import Job, Person, Session, Workspace
from bot.store.work import Work

NAME: Final = "lantern-session.ics"
TAKEN_OUT: Final = "taken_out"
"""The note of a job that takes the entry out; its `expires_at` is the start that fell through."""

_HOST: Final = "lantern.invalid"  # RFC 2606: belongs to nobody, so no mail can ever go there


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What stands in the file. Moments are aware UTC; `sequence` counts the changes."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    length_minutes: int
    is_cancelled: bool = False


async def calendar_entry(
    ctx: Context, *, session_id: int, gone_from: datetime | None = None
) -> CalendarEntry | None:
    """The session as it is agreed now; None when it has no time.

    With `gone_from`, the start that no longer holds, the entry takes itself out of calendars.
    """
    statement = (
        select(Session, Workspace)
        .join(Person, col(Person.id) == Session.mentee_id)
        .join(Workspace, col(Workspace.id) == Person.workspace_id)
        .where(Session.id == session_id)
    )
    async with ctx.db.read() as session:
        row, workspace = (await session.execute(statement)).one()
    starts_at = gone_from or row.starts_at
    if starts_at is None:
        return None
    return CalendarEntry(
        uid=f"session-{row.id}.{workspace.slack_team_id}@{_HOST}".lower(),
        sequence=row.calendar_sequence,
        stamped_at=ctx.now(),
        starts_at=starts_at,
        length_minutes=row.length_minutes,
        is_cancelled=gone_from is not None,
    )


async def sent_before(ctx: Context, *, session_id: int, job_id: int) -> bool:
    """Whether an earlier file of this session is with its people, or may be."""
    on_its_way = and_(col(Job.state) == JobState.PENDING, col(Job.attempts) > 0)
    statement = select(Job.id).where(
        Job.session_id == session_id,
        Job.kind == JobKind.CALENDAR_FILE,
        Job.id < job_id,
        or_(col(Job.said_revision) > 0, on_its_way),
    )
    async with ctx.db.read() as session:
        return (await session.execute(statement)).first() is not None


async def plan_taking_out(
    work: Work,
    session: Session,
    gone_from: datetime | None,
    now: datetime,
    workspace_id: int,
    tell_id: int | None = None,
) -> None:
    """The time `gone_from` no longer holds: whoever has it in their calendar can take it out."""
    if gone_from is None or gone_from <= now:
        return
    session.calendar_sequence += 1
    await work.plan(
        job(
            JobKind.CALENDAR_FILE,
            plan_prefix(session.id, session.plan) + "calendar_taken_out",
            now=now,
            workspace_id=workspace_id,
            recipient_id=tell_id,
            expires_at=gone_from,
            session_id=session.id,
            plan=session.plan,
            note=TAKEN_OUT,
        )
    )


async def plan_again(work: Work, session: Session, now: datetime, workspace_id: int) -> None:
    """The hour stands, and who comes to it has changed: another file says so, if it has a time."""
    if session.starts_at is None or session.starts_at <= now:
        return
    session.calendar_sequence += 1
    files = (Job.session_id == session.id, Job.kind == JobKind.CALENDAR_FILE)
    await work.cancel_unsaid(*files, reason="overtaken")
    await work.plan(
        job(
            JobKind.CALENDAR_FILE,
            plan_prefix(session.id, session.plan) + f"calendar_file:{session.calendar_sequence}",
            now=now,
            workspace_id=workspace_id,
            expires_at=session.starts_at,
            session_id=session.id,
            plan=session.plan,
        )
    )


def calendar_file(entry: CalendarEntry, *, summary: str, description: str) -> bytes:
    """The file itself, in UTC, so that each calendar shows its own zone whatever clocks do.

    It is published to whoever opens it (METHOD:PUBLISH), because answers to an invitation would go
    by mail to an organiser that is none.
    """
    from icalendar import Calendar, Event, vCalAddress  # when first needed: it is slow to load

    organiser = vCalAddress(f"mailto:lantern@{_HOST}")
    organiser.params["CN"] = "Lantern"
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=entry.length_minutes))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("organizer", organiser)
    event.add("summary", summary)
    event.add("description", description)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Lantern//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
