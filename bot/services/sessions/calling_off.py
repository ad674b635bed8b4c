"""Ending a session before it took place: called off, left behind by a leaver, or never timed."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, advance
from bot.domain.timeline.planned import session_key
from bot.services.access import mentees_in, people_in
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.requests.routing import release
from bot.services.seeing import hours_of
from bot.services.sessions.calendar import plan_again, plan_taking_out
from bot.services.sessions.planning import plan_erasure, replan
from bot.store.tables import Job, Match, Offer, Person, Session
from bot.store.work import Work


async def call_off(
    ctx: Context,
    work: Work,
    session: Session,
    *,
    by: Person | None,
    reason: str | None = None,
    note: str | None = None,
    tell_id: int | None = None,
) -> None:
    """Cancel the session, free the mentor's place, tell the pair (or `tell_id` alone, in a DM).

    `by` nobody means that it lapsed. Raises NotAllowed when it is over already. The caller holds
    the routing, and tries the requests that wait.
    """
    now = ctx.now()
    session.state = advance(session.state, "cancel" if by else "lapse")
    session.cancelled_by_id, session.cancel_reason = by.id if by else None, reason
    session.closed_at = now
    await work.cancel_unsaid(Job.session_id == session.id, reason="cancelled")
    await work.touch(Job.session_id == session.id, now=now)
    mentee = await work.session.get_one(Person, session.mentee_id)
    await work.plan(
        job(
            JobKind.SESSION_CANCELLED,
            f"session:{session.id}:cancelled",
            now=now,
            workspace_id=mentee.workspace_id,
            recipient_id=tell_id,
            expires_at=session.starts_at,
            session_id=session.id,
            note=note,
        )
    )
    await plan_taking_out(work, session, session.starts_at, now, mentee.workspace_id, tell_id)
    await _offer_somebody_else(work, session, now)
    await plan_erasure(work, session, now)
    await _free_the_mentor(work, session)


async def _offer_somebody_else(work: Work, session: Session, now: datetime) -> None:
    """Whoever would have learned may ask again; former and formal partners have each other."""
    match = await work.session.get_one(Match, session.match_id)
    if match.request_id is None and match.round_id is None:
        return
    for each in mentees_in(session):
        mentee = await work.session.get_one(Person, each)
        if not mentee.is_deleted:
            key = session_key(session.id, JobKind.SOMEBODY_ELSE, each)
            card = job_to(mentee, JobKind.SOMEBODY_ELSE, key, now=now, session_id=session.id)
            await work.plan(card)


async def step_out(ctx: Context, work: Work, session: Session, gone: Person) -> None:
    """One of three cannot come, or left: the other two go on as a pair, and hear of it.

    What was planned for the one is dropped, and what the mentor's place held is free. Where the
    mentor goes, the third of the equals takes their side. The caller holds the routing and the
    session. Raises NotAllowed when it is over already.
    """
    advance(session.state, "cancel")  # what may not be called off may not be left either
    now = ctx.now()
    if gone.id == session.mentor_id:
        await _free_the_mentor(work, session)
    mentor, mentee = _two_left(session, gone.id)
    session.mentor_id, session.mentee_id, session.third_id = mentor, mentee, None
    session.plan += session.starts_at is None  # the search for a time is whoever's learns now
    await work.session.flush()
    theirs = (Job.session_id == session.id, Job.recipient_id == gone.id)
    await work.cancel_unsaid(*theirs, reason="stepped_out")
    await _leave_their_conversation(work, session)
    await replan(ctx, work, session, gone.workspace_id)
    await plan_again(work, session, now, gone.workspace_id)
    not_theirs = or_(col(Job.recipient_id).is_(None), col(Job.recipient_id) != gone.id)
    await work.touch(Job.session_id == session.id, not_theirs, now=now)
    for each in people_in(session):
        person = await work.session.get_one(Person, each)
        news = job_to(
            person,
            JobKind.PLAIN_ANSWER,
            f"session:{session.id}:stepped_out:{gone.id}:{each}",
            now=now,
            note="one_of_three_left",
            session_id=session.id,  # dropped with it, should it be called off meanwhile
        )
        news.due_at = hours_of(person).next_open(now)
        await work.plan(news)


async def _leave_their_conversation(work: Work, session: Session) -> None:
    """The two talk in one of their own: what stands in that of the three is no longer kept true."""
    session.group_channel = None
    await work.session.execute(
        update(Job)
        .where(
            col(Job.session_id) == session.id,
            col(Job.recipient_id).is_(None),
            col(Job.slack_ts).is_not(None),
        )
        # Whoever is putting one right this moment has lost its lease, and records nothing.
        .values(slack_ts=None, state=JobState.DONE, leased_by=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )


def _two_left(session: Session, gone_id: int) -> tuple[int, int]:
    """Mentor and mentee of what was a trio; who learns goes on learning, if it can be."""
    third = session.third_id
    assert third is not None
    if gone_id == session.mentor_id:
        return third, session.mentee_id
    return session.mentor_id, third if gone_id == session.mentee_id else session.mentee_id


async def _free_the_mentor(work: Work, session: Session) -> None:
    statement = (
        select(Offer.id)
        .join(Match, col(Match.request_id) == Offer.request_id)
        .where(Match.id == session.match_id, Offer.mentor_id == session.mentor_id)
    )
    for offer_id in (await work.session.execute(statement)).scalars().all():
        await release(work, offer_id)
    await release(work, match_id=session.match_id)
