"""The end of a session in the books: closed, and later erased (3.13)."""

from sqlalchemy import update
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState, advance, may
from bot.services.access import hold_routing, people_in
from bot.services.context import Context
from bot.services.requests.routing import try_waiting
from bot.services.sessions.calling_off import call_off
from bot.services.sessions.following import OUTCOME_CARDS
from bot.services.sessions.planning import plan_erasure
from bot.store.tables import (
    ActionItem,
    Agenda,
    Draft,
    Feedback,
    GoOn,
    Job,
    Match,
    Offer,
    Person,
    Referral,
    Request,
    Session,
    ThankYou,
)
from bot.store.work import Work


async def close_session(ctx: Context, *, session_id: int) -> None:
    """The time for next steps and thanks is over; retention begins. Quiet if closed before."""
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await work.lock(Session, session_id)
        if session is None or not may(session.state, "close"):
            return
        session.state, session.closed_at = advance(session.state, "close"), now
        await plan_erasure(work, session, now)
        # A late answer is taken until now and no longer: the buttons for it go.
        await work.touch(Job.session_id == session_id, col(Job.kind).in_(OUTCOME_CARDS), now=now)
        await work.commit()


async def let_lapse(ctx: Context, *, session_id: int, plan: int) -> None:
    """Nobody found a time for weeks: the session ends, kindly, and the mentor's place is free.

    Nothing happens if a time was found, or looked for anew, since `plan`.
    """
    async with ctx.db.work() as work:
        seen = await work.session.get_one(Session, session_id)
        mentee = await work.session.get_one(Person, seen.mentee_id)
        await hold_routing(work, mentee.workspace_id)
        session = await work.lock(Session, session_id)
        if session is None or session.plan != plan or not may(session.state, "lapse"):
            return
        await call_off(ctx, work, session, by=None, note="no_time")
        await try_waiting(ctx, work, mentee.workspace_id)
        await work.commit()


async def erase_session(ctx: Context, *, session_id: int) -> None:
    """Delete what the pair wrote; the bare facts (who, when, whether) stay for the counts.

    Lantern's own messages that quote it are said anew without it, as far as Slack still lets them.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await work.lock(Session, session_id)
        if session is None or session.state not in (SessionState.CLOSED, SessionState.CANCELLED):
            return
        if session.erased_at is not None:
            return
        session.erased_at = now
        session.place = session.cancel_reason = None
        match = await work.session.get_one(Match, session.match_id)
        if match.request_id is not None:
            await _erase_request(work, match.request_id)
        # Kept words say nowhere which session they were for, only whose and how old they are.
        drafts = (
            col(Draft.person_id).in_(people_in(session)),
            col(Draft.made_at) <= session.closed_at,
        )
        kept = select(Draft.id).where(*drafts, col(Draft.text).is_not(None))
        await work.touch(col(Job.draft_id).in_(kept), now=now)
        for statement in (
            update(Agenda)
            .where(col(Agenda.session_id) == session_id)
            .values(content=None, points=None),
            update(ActionItem).where(col(ActionItem.session_id) == session_id).values(text=None),
            update(ThankYou).where(col(ThankYou.session_id) == session_id).values(text=None),
            update(GoOn).where(col(GoOn.session_id) == session_id).values(wishes=None),
            update(Feedback).where(col(Feedback.session_id) == session_id).values(text=None),
            update(Draft).where(*drafts).values(text=None),
        ):
            await work.session.execute(statement)
        # All but the erasing itself, which is under way and would never be done.
        others = col(Job.kind) != JobKind.ERASE
        await work.cancel_unsaid(Job.session_id == session_id, others, reason="erased")
        await work.touch(Job.session_id == session_id, others, now=now)
        await work.commit()


async def erase_request(ctx: Context, *, request_id: int) -> None:
    """Delete the words of a request that came to nothing; what quotes them is said anew."""
    async with ctx.db.work() as work:
        matched = await work.session.execute(select(Match.id).where(Match.request_id == request_id))
        if matched.first() is None:
            await _erase_request(work, request_id)
            others = col(Job.kind) != JobKind.ERASE
            await work.touch(Job.request_id == request_id, others, now=ctx.now())
            await work.commit()


async def _erase_request(work: Work, request_id: int) -> None:
    await work.session.execute(
        update(Request)
        .where(col(Request.id) == request_id)
        .values(topic=None, hoped_for=None, questions=None)
    )
    for table in (Offer, Referral):
        await work.session.execute(
            update(table).where(col(table.request_id) == request_id).values(words=None)
        )
