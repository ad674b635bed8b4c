"""The mentor answers the agenda: adds points, or finds it good as it is (3.5)."""

from collections.abc import Sequence

from sqlmodel import col

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.timeline.planned import session_key
from bot.domain.words import check_text, clean
from bot.services.access import access_session_row, mentees_in
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.sessions.open_for import check_agenda
from bot.services.sessions.preparing import AGENDA_CARDS, find_agenda
from bot.store.tables import Agenda, Job, Person, Session
from bot.store.work import Work

POINTS = 3  # beside the mentee's topics; more would be another agenda
ADDED, GOOD = "points", "good"  # notes of the news


async def set_points(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    points: Sequence[str],
    receipt: str | None = None,
) -> None:
    """Make these the mentor's points on the agenda; the mentees hear of it.

    Raises RuleBroken at "points" ("blank", "too_many_points", "too_long"), "not_yours" for anybody
    but the mentor, "agenda_missing" without an agenda, "agenda_closed" once the session began,
    "session_over". AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        session, agenda = await _access(ctx, work, actor_id, session_id)
        lines = [line for each in points if (line := clean(each))]
        if not lines:
            raise RuleBroken("blank", field="points")
        if len(lines) > POINTS:
            raise RuleBroken("too_many_points", field="points", limit=POINTS)
        agenda.points = [check_text(line, field="points") for line in lines]
        agenda.answered_at = ctx.now()
        await _tell(ctx, work, session, agenda, ADDED)
        await work.commit()


async def find_good(ctx: Context, *, actor_id: int, session_id: int, version: int) -> None:
    """The mentor finds this version of the agenda good as it is; the mentees hear of it once.

    Raises as `set_points` does, and "agenda_changed" when the mentee has written another since.
    """
    async with ctx.db.work() as work:
        session, agenda = await _access(ctx, work, actor_id, session_id)
        if agenda.version != version:
            raise RuleBroken("agenda_changed")
        if agenda.answered_version == version:
            return
        agenda.answered_at, agenda.answered_version = ctx.now(), version
        await _tell(ctx, work, session, agenda, GOOD)
        await work.commit()


async def _access(
    ctx: Context, work: Work, actor_id: int, session_id: int
) -> tuple[Session, Agenda]:
    session = await access_session_row(work, actor_id, session_id)
    if actor_id != session.mentor_id:
        raise RuleBroken("not_yours")
    check_agenda(session, ctx.now())
    agenda = await find_agenda(work, session.id)
    if agenda is None or agenda.content is None:
        raise RuleBroken("agenda_missing")
    return session, agenda


async def _tell(ctx: Context, work: Work, session: Session, agenda: Agenda, note: str) -> None:
    """The last answer is what they hear; every card with the agenda shows it."""
    now = ctx.now()
    kind = JobKind.AGENDA_ANSWERED
    unheard = (Job.session_id == session.id, Job.kind == kind)
    await work.cancel_unsaid(*unheard, reason="overtaken")
    # Real time, so that two answers under a clock that stands still are told both.
    stamp = ctx.clock.wall().timestamp()
    for each in mentees_in(session):
        mentee = await work.session.get_one(Person, each)
        key = session_key(session.id, kind, agenda.version, note, each, stamp)
        await work.plan(job_to(mentee, kind, key, now=now, note=note, session_id=session.id))
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(AGENDA_CARDS), now=now)
