"""Asking one person for a conversation (1.3, 1.7): no mentor by trade, and nobody else is asked."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import advance
from bot.services.access import active_person, hold_routing, open_programme
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.programmes.programmes_choosing import allows
from bot.services.reading import offer_view, request_views
from bot.services.requests.asking import OPEN_STATES, AskForm, not_too_many, written_down
from bot.services.requests.by_name import may_be_asked, put_by_name
from bot.services.requests.capacity import has_no_room
from bot.services.views import OfferView, RequestView
from bot.store.tables import Person, Request
from bot.store.work import Work


class InviteForm(BaseModel, frozen=True):
    """What somebody filled in. `one_off`: they know that the person has no room this month."""

    person_id: int
    topic: str = ""
    hoped_for: str = ""
    formats: Sequence[str] = ()
    windows: Sequence[str] = ()
    length_minutes: int = 30
    one_off: bool = False


async def invite(
    ctx: Context, *, asker_id: int, form: InviteForm, receipt: str | None = None
) -> RequestView:
    """Write the invitation down and put it to the one person it is for.

    Raises RuleBroken at "person": "invite_self", "invited_already", "invitee_full" (with `name`)
    unless the form says that they know, and what `by_name.may_be_asked` raises; at other fields
    as `asking.ask` does. AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        asker = await active_person(work, asker_id)
        await hold_routing(work, asker.workspace_id)
        await not_too_many(work, asker.id)
        programme = await open_programme(work, asker.workspace_id)
        if not allows(programme, Kind.SPOT):
            raise RuleBroken("kind_not_here", field="topic")
        try:
            person = await _invited(ctx, work, asker, form)
        except RuleBroken as rule:
            raise rule.at("person") from None
        given = form.model_dump(exclude={"person_id", "one_off"})
        request = written_down(ctx, AskForm(kind=Kind.SPOT, **given), programme.id, asker.id)
        request.invited_id = person.id
        await work.add(request)
        one_off = await has_no_room(work, person.id, now)
        await put_by_name(work, request, person, now, one_off=one_off)
        key = f"request:{request.id}:receipt"
        await work.plan(job_to(asker, JobKind.REQUEST_RECEIPT, key, now=now, request_id=request.id))
        await work.commit()
        (view,) = await request_views(ctx, work.session, [request])
        return view


async def _invited(ctx: Context, work: Work, asker: Person, form: InviteForm) -> Person:
    if form.person_id == asker.id:
        raise RuleBroken("invite_self")
    person = await may_be_asked(ctx, work, asker, form.person_id)
    statement = select(Request.id).where(
        Request.mentee_id == asker.id,
        Request.invited_id == person.id,
        col(Request.state).in_(OPEN_STATES),
    )
    if (await work.session.execute(statement)).first() is not None:
        raise RuleBroken("invited_already", name=person.name)
    if not form.one_off and await has_no_room(work, person.id, ctx.now()):
        raise RuleBroken("invitee_full", name=person.name)
    return person


async def invitation(ctx: Context, *, actor_id: int, offer_id: int) -> OfferView:
    """What this person is asked by name, while they may still answer.

    Raises RuleBroken "not_yours"; NotAllowed "offer_over" or "offer_proposed".
    """
    try:
        view = await offer_view(ctx, offer_id=offer_id)
    except KeyError:
        raise RuleBroken("not_yours") from None
    if view.mentor.id != actor_id or view.request.invited is None:
        raise RuleBroken("not_yours")
    advance(view.state, "propose")  # where this may be done, everything may
    return view
