"""Asking for a session, and taking the request back (1.1, 1.2, 1.5)."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import LENGTHS, MAX_LENGTH, Format, Kind, Reason, Window
from bot.domain.states import RequestState
from bot.domain.words import check_text, clean
from bot.services.access import (
    active_person,
    hold_routing,
    known,
    known_areas,
    open_programme,
)
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.programmes.programmes_choosing import allows
from bot.services.reading import request_views
from bot.services.requests.routing import route, take_back, try_waiting
from bot.services.views import RequestView
from bot.store.tables import Person, Programme, Request
from bot.store.work import Work

OPEN_REQUESTS = 3  # at a time; more of them and each gets less of everybody's attention
QUESTIONS = 3
OPEN_STATES = (RequestState.ROUTING, RequestState.WAITING)


class AskForm(BaseModel, frozen=True):
    """What somebody filled in, as it was typed and picked; `ask` looks at it."""

    kind: Kind
    is_taster: bool = False
    programme_id: int | None = None  # the open one, unless it is said which
    topic: str = ""
    hoped_for: str = ""
    questions: Sequence[str] = ()
    reason: str | None = None
    areas: Sequence[str] = ()
    formats: Sequence[str] = ()
    windows: Sequence[str] = ()
    length_minutes: int = 30


async def ask(
    ctx: Context, *, asker_id: int, form: AskForm, receipt: str | None = None
) -> RequestView:
    """Write the request down and put it to the best available mentor.

    Raises RuleBroken at the field that is wrong ("blank", "too_long", "unknown_choice",
    "too_many_questions", "longer_than_an_hour"; for its programme "channel_archived" and
    "kind_not_here"), or for the person ("bot", "guest", "deactivated", "too_many_requests");
    AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        asker = await active_person(work, asker_id)
        await hold_routing(work, asker.workspace_id)
        await not_too_many(work, asker.id)
        programme = await _programme(work, asker, form)
        request = await work.add(written_down(ctx, form, programme.id, asker.id))
        await route(ctx, work, request, asker)
        key = f"request:{request.id}:receipt"
        await work.plan(job_to(asker, JobKind.REQUEST_RECEIPT, key, now=now, request_id=request.id))
        await work.commit()
        (view,) = await request_views(ctx, work.session, [request])
        return view


async def withdraw(
    ctx: Context, *, actor_id: int, request_id: int, receipt: str | None = None
) -> RequestView:
    """Take a request back; a mentor who was asked sees that it is settled.

    Raises RuleBroken "not_yours", and NotAllowed "request_over" when it was matched or withdrawn.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        asker = await work.session.get_one(Person, actor_id)
        await hold_routing(work, asker.workspace_id)
        request = await work.lock(Request, request_id)
        if request is None or request.mentee_id != actor_id:
            raise RuleBroken("not_yours")
        await take_back(ctx, work, request, reason="withdrawn")
        await try_waiting(ctx, work, asker.workspace_id)
        await work.commit()
        (view,) = await request_views(ctx, work.session, [request])
        return view


async def open_requests(ctx: Context, *, person_id: int) -> tuple[RequestView, ...]:
    """What this person asked for and still waits for, the oldest first."""
    async with ctx.db.read() as session:
        statement = (
            select(Request)
            .where(Request.mentee_id == person_id, col(Request.state).in_(OPEN_STATES))
            .order_by(col(Request.id))
        )
        rows = list((await session.execute(statement)).scalars())
        return await request_views(ctx, session, rows)


async def _programme(work: Work, asker: Person, form: AskForm) -> Programme:
    """Where the request goes; every programme of the workspace is there for everybody."""
    if form.programme_id is None:
        row = await open_programme(work, asker.workspace_id)
    else:
        found = await work.session.get(Programme, form.programme_id)
        if found is None or found.workspace_id != asker.workspace_id:
            raise RuleBroken("unknown_choice", field="programme")
        row = found
    if row.archived_at is not None:
        raise RuleBroken("channel_archived", field="programme")
    if not allows(row, form.kind):
        raise RuleBroken("kind_not_here", field="programme")
    return row


async def not_too_many(work: Work, person_id: int) -> None:
    """RuleBroken "too_many_requests" for somebody who waits for as many as can be looked after."""
    statement = select(func.count()).where(
        Request.mentee_id == person_id, col(Request.state).in_(OPEN_STATES)
    )
    if (await work.session.execute(statement)).scalar_one() >= OPEN_REQUESTS:
        raise RuleBroken("too_many_requests", limit=OPEN_REQUESTS)


def written_down(ctx: Context, form: AskForm, programme_id: int, asker_id: int) -> Request:
    """The request as it is kept; raises RuleBroken at the field that is wrong, as `ask` says."""
    questions = [line for each in form.questions if (line := clean(each))]
    if len(questions) > QUESTIONS:
        raise RuleBroken("too_many_questions", field="questions", limit=QUESTIONS)
    if form.length_minutes > MAX_LENGTH:
        raise RuleBroken("longer_than_an_hour", field="length", limit=MAX_LENGTH)
    if form.length_minutes not in LENGTHS:
        raise RuleBroken("unknown_choice", field="length")
    return Request(
        programme_id=programme_id,
        mentee_id=asker_id,
        kind=form.kind,
        is_taster=form.is_taster,
        state=RequestState.ROUTING,
        topic=check_text(form.topic, field="topic"),
        hoped_for=check_text(form.hoped_for, field="hoped_for"),
        questions=[check_text(each, field="questions") for each in questions],
        reason=known(Reason, [form.reason], "reason")[0] if form.reason else None,
        areas=known_areas(ctx, form.areas),
        formats=[each.value for each in known(Format, form.formats, "formats")],
        windows=[each.value for each in known(Window, form.windows, "windows")],
        length_minutes=form.length_minutes,
        created_at=ctx.now(),
    )
