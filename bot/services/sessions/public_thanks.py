"""A thank-you in the programme's channel: only if its writer and its reader both want it (3.9)."""

from typing import Final

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.timeline.planned import session_key
from bot.services.access import access_session_row
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.tables import Job, Programme, Session, ThankYou
from bot.store.work import Work

KEPT: Final = "kept"
"""The note of a thank-you whose reader would rather keep it; its writer does not hear of that."""

ASKED, SHOWN = "asked", "shown"


async def may_be_shown(work: Work, session: Session) -> bool:
    """Whether there is a channel to show it in, and two people to ask. Of three it would take all
    three, and one no would be known; so it is not asked."""
    programme = await work.session.get_one(Programme, session.programme_id)
    is_there = programme.channel is not None and programme.archived_at is None
    return is_there and session.third_id is None


async def agree(ctx: Context, *, actor_id: int, session_id: int) -> None:
    """Who got the thank-you would have it shown as well: it goes to the channel, once.

    Raises RuleBroken "not_yours", "thanks_private" unless its writer offered it and its words are
    kept, "channel_archived" when there is no channel to show it in any more.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await access_session_row(work, actor_id, session_id)
        row = await _offered(work, session, actor_id)
        if row.agreed_at is not None:
            return
        if not await may_be_shown(work, session):
            raise RuleBroken("channel_archived")
        row.agreed_at = now
        programme = await work.session.get_one(Programme, session.programme_id)
        kind = JobKind.PUBLIC_THANKS
        await work.plan(
            job(
                kind,
                session_key(session.id, kind, row.from_id),
                now=now,
                workspace_id=programme.workspace_id,
                programme_id=programme.id,
                session_id=session.id,
                note=str(row.from_id),
            )
        )
        cards = col(Job.kind).in_((JobKind.THANKS_CARD, JobKind.THANKS_SAVED))
        await work.touch(Job.session_id == session.id, cards, now=now)
        await work.commit()


async def keep_private(ctx: Context, *, actor_id: int, session_id: int) -> None:
    """Who got it keeps it. Only their own card says so. Raises as `agree` does."""
    async with ctx.db.work() as work:
        session = await access_session_row(work, actor_id, session_id)
        row = await _offered(work, session, actor_id)
        if row.agreed_at is not None:
            raise RuleBroken("thanks_shown")
        mine = (
            Job.session_id == session.id,
            Job.recipient_id == actor_id,
            Job.kind == JobKind.THANKS_CARD,
        )
        for card in (await work.session.execute(select(Job).where(*mine))).scalars():
            card.note = KEPT
        await work.session.flush()
        await work.touch(*mine, now=ctx.now())
        await work.commit()


async def shown_of(ctx: Context, *, session_id: int, from_id: int) -> str:
    """ASKED while only its writer wants this thank-you shown, SHOWN when both do, "" otherwise."""
    statement = select(ThankYou).where(
        ThankYou.session_id == session_id, ThankYou.from_id == from_id
    )
    async with ctx.db.read() as session:
        row = (await session.execute(statement)).scalar_one_or_none()
    if row is None or not row.may_show or row.text is None:
        return ""
    return ASKED if row.agreed_at is None else SHOWN


async def _offered(work: Work, session: Session, reader_id: int) -> ThankYou:
    """The thank-you that the partner of `reader_id` would have shown."""
    statement = select(ThankYou).where(
        ThankYou.session_id == session.id, ThankYou.from_id != reader_id
    )
    rows = (await work.session.execute(statement)).scalars().all()
    if len(rows) != 1 or not rows[0].may_show or rows[0].text is None:
        raise RuleBroken("thanks_private")
    return rows[0]
