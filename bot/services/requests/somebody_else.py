"""A session was called off: the same words are put to somebody else (3.2)."""

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import RequestState, SessionState
from bot.services.access import access_session_row, active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.programmes.programmes_choosing import allows
from bot.services.requests.asking import not_too_many
from bot.services.requests.routing import route
from bot.store.tables import Job, Match, Programme, Request, Session
from bot.store.work import Work


async def find_somebody_else(
    ctx: Context, *, actor_id: int, session_id: int, receipt: str | None = None
) -> None:
    """Ask once more with the words of the request, and nobody it was called off with.

    Raises RuleBroken "not_yours" for anybody but the mentee, "not_called_off", "words_gone" when
    there are none (a round's session, or they were deleted), "asked_else_already",
    "too_many_requests", "channel_archived", "kind_not_here", and what `active_person` raises.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        asker = await active_person(work, actor_id)
        await hold_routing(work, asker.workspace_id)
        session = await access_session_row(work, actor_id, session_id)
        before = await _request_of(work, session, actor_id)
        card = await _card(work, session, actor_id)
        if card is not None and card.request_id is not None:
            raise RuleBroken("asked_else_already")
        await not_too_many(work, actor_id)
        request = await work.add(_same_words(ctx, before, session.mentor_id))
        await route(ctx, work, request, asker)
        key = f"request:{request.id}:receipt"
        await work.plan(job_to(asker, JobKind.REQUEST_RECEIPT, key, now=now, request_id=request.id))
        if card is not None:
            card.request_id = request.id
            await work.session.flush()
            await work.touch(Job.id == card.id, now=now)
        await work.commit()


async def _request_of(work: Work, session: Session, actor_id: int) -> Request:
    if actor_id != session.mentee_id:
        raise RuleBroken("not_yours")
    if session.state is not SessionState.CANCELLED:
        raise RuleBroken("not_called_off")
    match = await work.session.get_one(Match, session.match_id)
    before = await work.session.get(Request, match.request_id) if match.request_id else None
    if before is None or not before.topic or before.mentee_id != actor_id:
        raise RuleBroken("words_gone")
    programme = await work.session.get_one(Programme, before.programme_id)
    if programme.archived_at is not None:
        raise RuleBroken("channel_archived")
    if not allows(programme, before.kind):
        raise RuleBroken("kind_not_here")
    return before


async def _card(work: Work, session: Session, actor_id: int) -> Job | None:
    """The offer to look for somebody else, held against a second press."""
    statement = (
        select(Job)
        .where(
            Job.session_id == session.id,
            Job.recipient_id == actor_id,
            Job.kind == JobKind.SOMEBODY_ELSE,
        )
        .order_by(col(Job.id))
        .execution_options(populate_existing=True)
    )
    return (await work.session.execute(statement)).scalars().first()


def _same_words(ctx: Context, before: Request, mentor_id: int) -> Request:
    return Request(
        programme_id=before.programme_id,
        mentee_id=before.mentee_id,
        kind=before.kind,
        is_taster=before.is_taster,
        state=RequestState.ROUTING,
        topic=before.topic,
        hoped_for=before.hoped_for,
        questions=before.questions,
        reason=before.reason,
        areas=before.areas,
        formats=before.formats,
        windows=before.windows,
        length_minutes=before.length_minutes,
        not_again=sorted({*before.not_again, mentor_id}),
        created_at=ctx.now(),
    )
