"""Preparing on both sides: checklists that remember (3.3) and the mentee's agenda (3.4)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.timeline.planned import session_key
from bot.domain.words import MAX_TOPICS, check_text, clean
from bot.services.access import access_session_row, mentees_in
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.sessions.open_for import BEFORE_THE_SESSION, check_agenda
from bot.store.tables import Agenda, Job, Person, Session, Tick
from bot.store.work import Work

CHECKLISTS = (JobKind.CHECKLIST, JobKind.CHECKLIST_NUDGE, JobKind.REMINDER_DAY)
AGENDA_CARDS = (
    JobKind.AGENDA_ASK,
    JobKind.AGENDA_NUDGE,
    JobKind.AGENDA_CARD,
    JobKind.AGENDA_SAVED,
    JobKind.AGENDA_ANSWERED,
    JobKind.AGENDA_MISSING,
    JobKind.REMINDER_DAY,
)


class AgendaForm(BaseModel, frozen=True):
    """An agenda as it was typed."""

    topics: Sequence[str] = ()
    outcome: str = ""
    questions: Sequence[str] = ()
    reading: str = ""
    off_limits: str = ""
    updates: str = ""  # since the last time, of two who meet regularly


async def tick(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    ticked: Collection[str],
    drawn: Collection[str] | None = None,
) -> None:
    """Make `ticked`, keys of the guide's lines, what is ticked on the actor's own checklist.

    `drawn` is what was ticked when the message was last drawn: it tells a quick tick on a screen
    that is a moment behind from an older tick that was taken away.

    Both checklists are shown anew, since each says whether the other is ready. Raises RuleBroken
    "not_yours", "session_over" after it took place or was called off; keys the guide does not know
    are dropped.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await access_session_row(work, actor_id, session_id)
        if session.state not in BEFORE_THE_SESSION:
            raise RuleBroken("session_over")
        role = Role.MENTOR if actor_id == session.mentor_id else Role.MENTEE
        keys = {item.key for item in ctx.library.guide_of(session, role).before}
        had = await _ticks(work, session.id, actor_id)
        wanted = keys & meant(set(had), set(ticked), drawn)
        if await _tick_only(work, session.id, actor_id, had, wanted, now):
            await work.touch(Job.session_id == session.id, col(Job.kind).in_(CHECKLISTS), now=now)
        await work.commit()


def meant(had: set[str], ticked: set[str], drawn: Collection[str] | None) -> set[str]:
    """What is to be ticked, from what is known, what the screen says now, and what it said first.

    A person changes one box at a time. When the screen differs from what is known by more than
    that, it was drawn before an earlier tick arrived: only what was changed on it counts.
    """
    if drawn is None or len(had ^ ticked) <= 1:
        return ticked
    return (had | (ticked - set(drawn))) - (set(drawn) - ticked)


async def _ticks(work: Work, session_id: int, person_id: int) -> dict[str, Tick]:
    statement = select(Tick).where(Tick.session_id == session_id, Tick.person_id == person_id)
    return {row.item: row for row in (await work.session.execute(statement)).scalars()}


async def _tick_only(
    work: Work,
    session_id: int,
    person_id: int,
    had: dict[str, Tick],
    keys: set[str],
    now: datetime,
) -> bool:
    """Make these the person's ticks; whether that changed anything."""
    for item in had.keys() - keys:
        await work.session.delete(had[item])
    for item in sorted(keys - had.keys()):
        await work.add(Tick(session_id=session_id, person_id=person_id, item=item, ticked_at=now))
    await work.session.flush()
    return keys != had.keys()


async def write_agenda(
    ctx: Context, *, actor_id: int, session_id: int, form: AgendaForm, receipt: str | None = None
) -> None:
    """Write or rewrite the agenda; it goes to the mentor, or is changed where the mentor has it.

    Raises RuleBroken at the field ("topic_blank" and "too_many_topics" at "agenda_topics",
    "too_long"), "not_yours" (the agenda is the mentee's, in a trio of both who learn),
    "agenda_closed" once the session began, "session_over".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        session = await access_session_row(work, actor_id, session_id)
        await store_agenda(ctx, work, session, actor_id, form)
        await work.commit()


async def store_agenda(
    ctx: Context, work: Work, session: Session, actor_id: int, form: AgendaForm
) -> None:
    """`write_agenda` inside a transaction that has the session already."""
    now = ctx.now()
    _may_write(session, actor_id, ctx)
    content = _checked(form)
    row = await find_agenda(work, session.id)
    if row is None:
        row = Agenda(session_id=session.id, content=content, written_at=now)
    else:
        row.content, row.version, row.written_at = content, row.version + 1, now
    await work.add(row)
    actor = await work.session.get_one(Person, actor_id)
    mentor = await work.session.get_one(Person, session.mentor_id)
    card, saved = JobKind.AGENDA_CARD, JobKind.AGENDA_SAVED
    await work.plan(
        job_to(mentor, card, session_key(session.id, card), now=now, session_id=session.id),
        job_to(
            actor,
            saved,
            session_key(session.id, saved, row.version),
            now=now,
            session_id=session.id,
        ),
    )
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(AGENDA_CARDS), now=now)


async def find_agenda(work: Work, session_id: int) -> Agenda | None:
    """The session's agenda, if one was written."""
    statement = select(Agenda).where(Agenda.session_id == session_id)
    return (await work.session.execute(statement)).scalar_one_or_none()


def _may_write(session: Session, actor_id: int, ctx: Context) -> None:
    if actor_id not in mentees_in(session):
        raise RuleBroken("not_yours")
    check_agenda(session, ctx.now())


def _checked(form: AgendaForm) -> dict[str, object]:
    topics = [line for each in form.topics if (line := clean(each))]
    if not topics:
        raise RuleBroken("topic_blank", field="agenda_topics")
    if len(topics) > MAX_TOPICS:
        raise RuleBroken("too_many_topics", field="agenda_topics", limit=MAX_TOPICS)
    return {
        "topics": [check_text(each, field="agenda_topics") for each in topics],
        "outcome": check_text(form.outcome, field="outcome", required=False),
        "questions": [
            check_text(each, field="questions") for each in form.questions if clean(each)
        ],
        "reading": check_text(form.reading, field="reading", required=False),
        "off_limits": check_text(form.off_limits, field="off_limits", required=False),
        "updates": check_text(form.updates, field="updates", required=False),
    }
