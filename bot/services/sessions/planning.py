"""A session's row as the pure timeline wants it, and the jobs that come of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.timeline import Party, SessionFacts, plan_closed, plan_session
from bot.services.access import people_in
from bot.services.context import Context
from bot.services.jobs import jobs_of
from bot.services.seeing import hours_of
from bot.store.tables import Agenda, Agreement, Job, Person, Programme, Relationship, Session
from bot.store.work import Work

SHOWS_THE_TIME = (
    JobKind.INTRODUCTION,
    JobKind.SLOTS,
    JobKind.TIME_NUDGE,
    JobKind.TIME_SET,
    JobKind.TIME_UNSET,
    JobKind.REMINDER_DAY,
)


async def facts_of(work: Work, row: Session, moved_from: datetime | None = None) -> SessionFacts:
    """What planning needs to know of a session."""
    people = {each: await work.session.get_one(Person, each) for each in people_in(row)}
    written = await work.session.execute(select(Agenda.id).where(Agenda.session_id == row.id))
    settled = written.first() is not None or not await _is_agenda_owed(work, row)
    return _facts(row, people, moved_from, agenda_written=settled)


async def _is_agenda_owed(work: Work, row: Session) -> bool:
    """Whether the mentee is asked for one: two who go on formally may have agreed otherwise."""
    if row.relationship_id is None:
        return True
    statement = (
        select(Agreement.agenda_ahead)
        .join(Relationship, col(Agreement.relationship_id) == Relationship.id)
        .where(Relationship.id == row.relationship_id, Agreement.version == Relationship.version)
    )
    return (await work.session.execute(statement)).scalars().first() is not False


def _facts(
    row: Session,
    people: Mapping[int, Person],
    moved_from: datetime | None = None,
    *,
    agenda_written: bool,
) -> SessionFacts:
    third = people[row.third_id] if row.third_id is not None else None
    return SessionFacts(
        session_id=row.id,
        kind=row.kind,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        mentor_hours=hours_of(people[row.mentor_id]),
        mentee_hours=hours_of(people[row.mentee_id]),
        third=Party(third.id, hours_of(third)) if third is not None else None,
        matched_at=row.matched_at,
        starts_at=row.starts_at,
        moved_from=moved_from,
        length_minutes=row.length_minutes,
        plan=row.plan,
        agenda_written=agenda_written,
        is_formal=row.relationship_id is not None,
    )


async def replan(
    ctx: Context,
    work: Work,
    row: Session,
    workspace_id: int,
    moved_from: datetime | None = None,
) -> None:
    """Drop what was planned for an older time and not yet said; plan what the session needs now.

    `moved_from` is the start that held until now, when another was set.
    """
    now = ctx.now()
    row.slots = []  # proposed for an older search; the next one has its own
    await work.session.flush()
    await work.cancel_unsaid(
        Job.session_id == row.id,
        col(Job.plan).is_not(None),
        col(Job.plan) != row.plan,
        reason="replanned",
    )
    planned = plan_session(await facts_of(work, row, moved_from), now)
    await work.plan(
        *jobs_of(planned, now=now, workspace_id=workspace_id, session_id=row.id, plan=row.plan)
    )
    await work.touch(for_those_in(row), col(Job.kind).in_(SHOWS_THE_TIME), now=now)


def for_those_in(row: Session) -> ColumnElement[bool]:
    """The session's jobs, but for those to somebody who left the other two of three to go on."""
    theirs = or_(col(Job.recipient_id).is_(None), col(Job.recipient_id).in_(people_in(row)))
    return and_(col(Job.session_id) == row.id, theirs)


async def plan_new(
    ctx: Context,
    work: Work,
    rows: Iterable[Session],
    people: Mapping[int, Person],
    workspace_id: int,
) -> None:
    """What follows from sessions that were made just now, of these people; in one statement."""
    now = ctx.now()
    planned = []
    for row in rows:
        facts = _facts(row, people, agenda_written=False)
        planned += jobs_of(
            plan_session(facts, now),
            now=now,
            workspace_id=workspace_id,
            session_id=row.id,
            plan=row.plan,
        )
    await work.plan(*planned)


async def plan_erasure(work: Work, row: Session, closed_at: datetime) -> None:
    """What the pair wrote is kept for as long as their programme says, and no longer."""
    programme = await work.session.get_one(Programme, row.programme_id)
    planned = plan_closed(row.id, closed_at, programme.retention_days)
    whose = programme.workspace_id
    await work.plan(*jobs_of(planned, now=closed_at, workspace_id=whose, session_id=row.id))


def moment_key(moment: datetime) -> str:
    """A moment as part of a job's key."""
    return f"{moment.timestamp():.0f}"
