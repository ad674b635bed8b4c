"""Ending a session before it took place: called off, left behind by a leaver, or never timed."""

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import advance
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.planning import plan_erasure
from bot.services.routing import release
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
    await plan_erasure(work, session, now)
    await _free_the_mentor(work, session)


async def _free_the_mentor(work: Work, session: Session) -> None:
    statement = (
        select(Offer.id)
        .join(Match, col(Match.request_id) == Offer.request_id)
        .where(Match.id == session.match_id, Offer.mentor_id == session.mentor_id)
    )
    for offer_id in (await work.session.execute(statement)).scalars().all():
        await release(work, offer_id)
