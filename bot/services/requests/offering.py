"""Offering to mentor: a full offer, or one taster to try the role; and stopping (1.1, 1.4)."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy import delete
from sqlmodel import col, exists, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Format, Role, Window
from bot.domain.states import OfferState, SessionState
from bot.domain.words import check_text
from bot.services.access import (
    active_person,
    hold_routing,
    known,
    known_areas,
    open_programme,
)
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.leaving import pass_on_offers
from bot.services.requests.capacity import TASTER
from bot.services.requests.routing import try_waiting
from bot.store.tables import Enrolment, Job, Match, Offer, Person, Place, Programme, Session
from bot.store.work import Work

CAPACITY_MAX = 8  # sessions a month; two a week is a second job
STOPPED = "stopped"


class OfferForm(BaseModel, frozen=True):
    """What a mentor offers, as it was typed and picked. `capacity` is sessions a month."""

    topics: str = ""
    areas: Sequence[str] = ()
    capacity: int = 1
    formats: Sequence[str] = ()
    windows: Sequence[str] = ()
    taster_only: bool = False


async def offer_to_mentor(
    ctx: Context,
    *,
    actor_id: int,
    form: OfferForm,
    first_time: bool = False,
    receipt: str | None = None,
) -> None:
    """Make this person a mentor, or change what they offer; waiting requests are tried at once.

    Raises RuleBroken at the field: "blank" or "too_long" (topics), "unknown_choice", "capacity",
    "mentor_already" (role) for a `first_time` of somebody whose full offer it would replace;
    "guest" for someone who may not take part.
    """
    now = ctx.now()
    if not 1 <= form.capacity <= CAPACITY_MAX:
        raise RuleBroken("capacity", field="capacity", limit=CAPACITY_MAX)
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        person = await active_person(work, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await open_programme(work, person.workspace_id)
        row = await _mentor_row(work, programme.id, person.id)
        if first_time and row is not None and row.ended_at is None and not row.taster_only:
            raise RuleBroken("mentor_already", field="role")
        if row is None:
            row = Enrolment(
                programme_id=programme.id, person_id=person.id, role=Role.MENTOR, created_at=now
            )
        _fill(ctx, row, form)
        await work.add(row)
        if form.taster_only:
            await _another_taster(work, person.id)
        await _welcome(ctx, work, person, row, "taster" if form.taster_only else "mentor")
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()


async def stop_offering(ctx: Context, *, actor_id: int, receipt: str | None = None) -> None:
    """End this person's offer: nobody new is sent to them, what is agreed stays agreed.

    Offers that wait for their answer move on. Does no harm where nothing is offered.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await work.session.get_one(Person, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await open_programme(work, person.workspace_id)
        row = await _mentor_row(work, programme.id, person.id)
        if row is None or row.ended_at is not None:
            return
        row.ended_at = ctx.now()
        await pass_on_offers(ctx, work, person, programme_id=programme.id)
        await _welcome(ctx, work, person, row, STOPPED)
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()


async def _welcome(ctx: Context, work: Work, person: Person, row: Enrolment, note: str) -> None:
    """An answer to what they offer now; what earlier answers said is put right where it stands."""
    now = ctx.now()
    await work.touch(Job.recipient_id == person.id, Job.kind == JobKind.MENTOR_WELCOME, now=now)
    # Real time, so that two changes under a clock that stands still are two answers.
    key = f"enrolment:{row.id}:welcome:{ctx.clock.wall().timestamp()}"
    await work.plan(job_to(person, JobKind.MENTOR_WELCOME, key, now=now, note=note))


async def _another_taster(work: Work, person_id: int) -> None:
    """Whoever offers a taster once more gets another, unless the last one is still to come."""
    ahead = (
        select(Session.id)
        .join(Match, col(Match.id) == Session.match_id)
        .where(Match.request_id == Offer.request_id)
        .where(col(Session.state).in_([SessionState.MATCHED, SessionState.SCHEDULED]))
    )
    under_way = select(Offer.id).where(
        Offer.mentor_id == person_id,
        or_(Offer.state == OfferState.PENDING, exists(ahead)),
    )
    await work.session.execute(
        delete(Place)
        .where(col(Place.mentor_id) == person_id, col(Place.month) == TASTER)
        .where(col(Place.offer_id).not_in(under_way))
    )


async def current_offer_form(ctx: Context, *, person_id: int) -> OfferForm | None:
    """What this person offers to everybody now, to fill the form with; None for nothing.

    What they offer in a channel's programme is theirs to change there (`enrolling`).
    """
    async with ctx.db.read() as session:
        statement = (
            select(Enrolment)
            .join(Programme, col(Programme.id) == Enrolment.programme_id)
            .where(col(Programme.channel).is_(None))
        ).where(
            Enrolment.person_id == person_id,
            Enrolment.role == Role.MENTOR,
            col(Enrolment.ended_at).is_(None),
        )
        row = (await session.execute(statement)).scalars().first()
    if row is None:
        return None
    return OfferForm(
        topics=row.topics,
        areas=row.areas,
        capacity=row.capacity,
        formats=row.formats,
        windows=row.windows,
        taster_only=row.taster_only,
    )


def _fill(ctx: Context, row: Enrolment, form: OfferForm) -> None:
    row.topics = check_text(form.topics, field="topics")
    row.areas = known_areas(ctx, form.areas)
    row.formats = [each.value for each in known(Format, form.formats, "formats")]
    row.windows = [each.value for each in known(Window, form.windows, "windows")]
    row.capacity = 1 if form.taster_only else form.capacity
    row.taster_only, row.ended_at = form.taster_only, None


async def _mentor_row(work: Work, programme_id: int, person_id: int) -> Enrolment | None:
    statement = select(Enrolment).where(
        Enrolment.programme_id == programme_id,
        Enrolment.person_id == person_id,
        Enrolment.role == Role.MENTOR,
    )
    return (await work.session.execute(statement)).scalar_one_or_none()
