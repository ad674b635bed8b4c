"""Both would go on with it: the mentee asks the same mentor once more (3.11)."""

from sqlmodel import select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Wish
from bot.domain.states import RequestState
from bot.services.access import access_session_row, active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.requests.asking import not_too_many
from bot.services.requests.by_name import may_be_asked, put_by_name
from bot.services.requests.capacity import has_no_room
from bot.store.tables import Agenda, Job, Match, Person, Programme, Request, Session
from bot.store.work import Work

ASKED = "again_asked"
"""The note of the news of a wish to go on, once the mentee has asked."""


async def ask_again(ctx: Context, *, actor_id: int, session_id: int) -> None:
    """Put the same words to the same mentor, and to nobody else.

    Raises RuleBroken "not_yours" for anybody but the mentee, "again_asked" when they did so
    before, "go_on_closed" unless both wished it, "channel_archived", "too_many_requests", and what
    `by_name.may_be_asked` raises.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        asker = await active_person(work, actor_id)
        await hold_routing(work, asker.workspace_id)
        session = await access_session_row(work, actor_id, session_id)
        await _wished_by_both(work, session, actor_id)
        programme = await work.session.get_one(Programme, session.programme_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        await not_too_many(work, actor_id)
        mentor = await may_be_asked(ctx, work, asker, session.mentor_id)
        request = await work.add(await same_words(ctx, work, session, session.mentor_id))
        one_off = await has_no_room(work, mentor.id, now)
        await put_by_name(work, request, mentor, now, one_off=one_off)
        key = f"request:{request.id}:receipt"
        await work.plan(job_to(asker, JobKind.REQUEST_RECEIPT, key, now=now, request_id=request.id))
        await _note_it(ctx, work, session, asker)
        await work.commit()


async def _wished_by_both(work: Work, session: Session, actor_id: int) -> None:
    if actor_id != session.mentee_id:
        raise RuleBroken("not_yours")
    news = await _news(work, session, actor_id)
    if news is not None and news.note == ASKED:
        raise RuleBroken("again_asked")
    if news is None or news.note != Wish.AGAIN:
        raise RuleBroken("go_on_closed")


async def _news(work: Work, session: Session, person_id: int) -> Job | None:
    statement = select(Job).where(
        Job.session_id == session.id,
        Job.kind == JobKind.GO_ON_NEWS,
        Job.recipient_id == person_id,
    )
    return (await work.session.execute(statement)).scalars().first()


async def _note_it(ctx: Context, work: Work, session: Session, asker: Person) -> None:
    news = await _news(work, session, asker.id)
    assert news is not None
    news.note = ASKED
    await work.session.flush()
    await work.touch(Job.id == news.id, now=ctx.now())


async def same_words(ctx: Context, work: Work, session: Session, invited_id: int) -> Request:
    """The request this session came from, to one person by name; from a round, its agenda."""
    match = await work.session.get_one(Match, session.match_id)
    before = await work.session.get(Request, match.request_id) if match.request_id else None
    topic, hoped_for = (before.topic, before.hoped_for) if before else await _agenda(work, session)
    return Request(
        programme_id=session.programme_id,
        mentee_id=session.mentee_id,
        invited_id=invited_id,
        kind=session.kind if session.kind in (Kind.FLASH, Kind.SPOT) else Kind.SPOT,
        state=RequestState.ROUTING,
        topic=topic,
        hoped_for=hoped_for,
        reason=before.reason if before else None,
        areas=before.areas if before else [],
        formats=before.formats if before else [],
        windows=before.windows if before else [],
        length_minutes=session.length_minutes,
        created_at=ctx.now(),
    )


async def _agenda(work: Work, session: Session) -> tuple[str | None, str | None]:
    statement = select(Agenda).where(Agenda.session_id == session.id)
    row = (await work.session.execute(statement)).scalar_one_or_none()
    if row is None or row.content is None:
        return None, None
    return row.content["topics"][0], row.content["outcome"] or None
