"""Ending a session before it took place; shared by cancelling and by leaving the workspace."""

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import advance
from bot.domain.timeline import plan_closed
from bot.services.context import Context
from bot.services.jobs import job, jobs_of
from bot.services.routing import release, try_waiting
from bot.store.tables import Job, Match, Offer, Person, Programme, Session
from bot.store.work import Work


async def call_off(
    ctx: Context,
    work: Work,
    session: Session,
    *,
    by_id: int,
    reason: str | None,
    note: str | None = None,
    tell_id: int | None = None,
) -> None:
    """Cancel the session, free the mentor's place, tell the pair (or `tell_id` alone, in a DM).

    Raises NotAllowed when it is over already.
    """
    now = ctx.now()
    session.state = advance(session.state, "cancel")
    session.cancelled_by_id, session.cancel_reason = by_id, reason
    session.closed_at = now
    by = await work.session.get_one(Person, by_id)
    await work.cancel_unsaid(Job.session_id == session.id, reason="cancelled")
    await work.touch(Job.session_id == session.id, now=now)
    await work.plan(
        [
            job(
                JobKind.SESSION_CANCELLED,
                f"session:{session.id}:cancelled",
                now=now,
                workspace_id=by.workspace_id,
                recipient_id=tell_id,
                session_id=session.id,
                note=note,
            )
        ]
    )
    programme = await work.session.get_one(Programme, session.programme_id)
    await work.plan(
        jobs_of(
            plan_closed(session.id, now, programme.retention_days),
            now=now,
            workspace_id=by.workspace_id,
            session_id=session.id,
        )
    )
    await _free_the_mentor(ctx, work, session, by.workspace_id)


async def _free_the_mentor(ctx: Context, work: Work, session: Session, workspace_id: int) -> None:
    statement = (
        select(Offer.id)
        .join(Match, col(Match.request_id) == Offer.request_id)
        .where(Match.id == session.match_id, Offer.mentor_id == session.mentor_id)
    )
    for offer_id in (await work.session.execute(statement)).scalars().all():
        await release(work, offer_id)
    await try_waiting(ctx, work, workspace_id)
