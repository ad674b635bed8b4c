"""Reading: what handlers and jobs show. Each gives a view; none of them changes anything."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import BindParameter, and_, bindparam
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.states import ActionState, OfferState, RequestState, SessionState, advance
from bot.services.access import is_in
from bot.services.context import Context
from bot.services.growing.reading_growing import relationships_of, ties_of
from bot.services.reading_session import (
    SESSIONS,
    SESSIONS_BY_ID,
    person_views,
    session_views,
)
from bot.services.requests.reading_asking import by_name, is_one_off, named_for, suggested
from bot.services.seeing import see_action, see_person, see_reasons, see_request
from bot.services.views import (
    ActionView,
    ChecklistItem,
    ChecklistView,
    OfferView,
    RequestView,
    SessionView,
)
from bot.services.views_home import Overview
from bot.store.tables import (
    ActionItem,
    Enrolment,
    Offer,
    Person,
    Programme,
    Request,
    Session,
    ThankYou,
    Tick,
)

LIVE_OFFERS = (OfferState.PENDING, OfferState.PROPOSED, OfferState.ACCEPTED)
LIVE_SESSIONS = (
    SessionState.MATCHED,
    SessionState.SCHEDULED,
    SessionState.HELD,
    SessionState.MISSED,
)
_PERSON: BindParameter[int] = bindparam("person")
_LIVE_SESSIONS = SESSIONS.where(
    is_in(_PERSON),
    col(Session.state).in_(LIVE_SESSIONS),
).order_by(col(Session.starts_at).is_(None), col(Session.starts_at), col(Session.id))
_REQUESTS = (
    select(Request)
    .where(
        col(Request.mentee_id) == _PERSON,
        col(Request.state).in_([RequestState.ROUTING, RequestState.WAITING]),
    )
    .order_by(col(Request.id))
)
_OFFERS = (
    select(Offer)
    .where(col(Offer.mentor_id) == _PERSON, col(Offer.state) == OfferState.PENDING)
    .order_by(col(Offer.expires_at))
)
_ACTIONS = (
    select(ActionItem)
    .where(
        col(ActionItem.owner_id) == _PERSON,
        col(ActionItem.state) == ActionState.OPEN,
        col(ActionItem.text).is_not(None),
    )
    .order_by(col(ActionItem.due_on))
)
_MENTOR = and_(
    col(Enrolment.person_id) == Person.id,
    col(Enrolment.role) == Role.MENTOR,
    col(Enrolment.ended_at).is_(None),
    # What they offer to everybody; in a channel's programme they may offer something else.
    col(Enrolment.programme_id).in_(select(Programme.id).where(col(Programme.channel).is_(None))),
)
_ME = select(Person, Enrolment).outerjoin(Enrolment, _MENTOR).where(col(Person.id) == _PERSON)


async def session_view(ctx: Context, *, session_id: int) -> SessionView:
    """The session with everything the pair wrote; KeyError when there is none."""
    async with ctx.db.read() as session:
        found = await session_views(ctx, session, SESSIONS_BY_ID, ids=[session_id])
    if not found:
        raise KeyError(session_id)
    return found[0]


async def access_session(
    ctx: Context, *, actor_id: int, session_id: int, verb: str | None = None
) -> SessionView:
    """The same for one of those in it; RuleBroken "not_yours" for everybody else.

    With `verb`, NotAllowed when the session is where that cannot be done (see `states`): nobody
    should fill in a form that will be refused.
    """
    try:
        view = await session_view(ctx, session_id=session_id)
    except KeyError:
        raise RuleBroken("not_yours") from None
    if not view.has(actor_id):
        raise RuleBroken("not_yours")
    if verb is not None:
        advance(view.state, verb)
    return view


async def checklist_of(ctx: Context, view: SessionView, *, person_id: int) -> ChecklistView:
    """One person's checklist in a session read just now, and whether the partner is ready."""
    role = view.role_of(person_id)
    async with ctx.db.read() as session:
        statement = select(Tick.item).where(Tick.session_id == view.id, Tick.person_id == person_id)
        ticked = set((await session.execute(statement)).scalars())
    guide = ctx.library.guide_of(view, role)
    return ChecklistView(
        role=role,
        items=tuple(ChecklistItem(i.key, i.text, i.key in ticked) for i in guide.before),
        other_ready=all(view.is_ready(one.id) for one in view.partners(person_id)),
        hints=hints_of(ctx, view, role),
    )


def hints_of(ctx: Context, view: SessionView, role: Role) -> tuple[str, ...]:
    """What is worth talking about where two who meet regularly are on their way; else nothing."""
    return ctx.library.guide_of(view, role).agenda.get(view.stage, ()) if view.stage else ()


async def request_view(ctx: Context, *, request_id: int) -> RequestView:
    """The request; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Request, request_id)
        if row is None:
            raise KeyError(request_id)
        (view,) = await request_views(ctx, session, [row])
        return view


async def request_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Request]
) -> tuple[RequestView, ...]:
    """Views of these requests, each with its live offer."""
    if not rows:
        return ()
    ids = [row.id for row in rows]
    statement = select(Offer).where(col(Offer.request_id).in_(ids))
    offers = list((await session.execute(statement)).scalars())
    invited = {row.invited_id for row in rows if row.invited_id is not None}
    asked = {offer.mentor_id for offer in offers} if invited else set()
    people = await person_views(ctx, session, {row.mentee_id for row in rows} | asked | invited)
    named = await named_for(ctx, session, ids) if invited else {}
    views = []
    for row in rows:
        mine = [offer for offer in offers if offer.request_id == row.id]
        live = next((o for o in mine if o.state in LIVE_OFFERS), None)
        view = see_request(
            row,
            people[row.mentee_id],
            ctx.library,
            live=live,
            asked_before=len(mine) - (live is not None),
        )
        more = by_name(row, mine, people)
        views.append(replace(view, named=named.get(row.id), **more) if more else view)
    return tuple(views)


async def offer_view(ctx: Context, *, offer_id: int) -> OfferView:
    """The offer with its request; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Offer, offer_id)
        if row is None:
            raise KeyError(offer_id)
        (view,) = await _offer_views(ctx, session, [row])
        return view


async def action_view(ctx: Context, *, action_id: int) -> ActionView:
    """The next step; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(ActionItem, action_id)
        if row is None:
            raise KeyError(action_id)
        people = await person_views(ctx, session, {row.owner_id})
        return see_action(row, people[row.owner_id])


async def thank_you_text(ctx: Context, *, session_id: int, from_id: int) -> str | None:
    """What this person wrote to thank the partner; None when nothing, or when it was erased."""
    async with ctx.db.read() as session:
        statement = select(ThankYou.text).where(
            ThankYou.session_id == session_id, ThankYou.from_id == from_id
        )
        return (await session.execute(statement)).scalar_one_or_none()


async def overview(ctx: Context, *, person_id: int) -> Overview:
    """Everything that is open for one person."""
    async with ctx.db.read() as session:
        given = {"person": person_id}
        row, enrolment = (await session.execute(_ME, given)).one()
        me = see_person(row, ctx.now())
        requests = (await session.execute(_REQUESTS, given)).scalars().all()
        offers = (await session.execute(_OFFERS, given)).scalars().all()
        actions = (await session.execute(_ACTIONS, given)).scalars()
        return Overview(
            me=me,
            sessions=await session_views(ctx, session, _LIVE_SESSIONS, person=person_id),
            requests=await request_views(ctx, session, requests),
            offers=await _offer_views(ctx, session, offers),
            actions=tuple(see_action(each, me) for each in actions),
            is_mentor=enrolment is not None,
            taster_only=enrolment is not None and enrolment.taster_only,
            capacity=enrolment.capacity if enrolment else 0,
            areas=ctx.library.area_labels(enrolment.areas) if enrolment else (),
            ties=await ties_of(ctx, session, person_id),
            relationships=await relationships_of(ctx, session, person_id),
        )


async def _offer_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Offer]
) -> tuple[OfferView, ...]:
    if not rows:
        return ()
    requests = {
        row.id: row
        for row in (
            await session.execute(
                select(Request).where(col(Request.id).in_([row.request_id for row in rows]))
            )
        ).scalars()
    }
    views = {v.id: v for v in await request_views(ctx, session, list(requests.values()))}
    people = await person_views(ctx, session, {row.mentor_id for row in rows})
    namers = await suggested(ctx, session, rows)
    nobody: tuple[None, str] = (None, "")
    return tuple(
        OfferView(
            id=row.id,
            state=row.state,
            mentor=people[row.mentor_id],
            request=views[row.request_id],
            reasons=see_reasons(row, ctx.library),
            expires_at=row.expires_at,
            proposed_minutes=row.proposed_minutes,
            suggested_by=namers.get(row.id, nobody)[0],
            suggested_words=namers.get(row.id, nobody)[1],
            one_off=is_one_off(row),
        )
        for row in rows
    )
