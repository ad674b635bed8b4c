"""From a form to a programme's row, and to the picture of what it would be."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.hours import zone_or_utc
from bot.domain.kinds import Kind
from bot.domain.programmes import Approval, Every, Shape
from bot.services.access import lead_rows
from bot.services.context import Context
from bot.services.programmes.cadences import moment_of
from bot.services.programmes.programme_form import ProgrammeForm, form_from
from bot.services.programmes.programmes_reading import (
    announced_rounds,
    dates_of,
    programme_views,
    see_programme,
)
from bot.services.programmes.views_programmes import DraftView
from bot.services.retention import change_retention
from bot.services.seeing import see_person
from bot.store.tables import Enrolment, Lead, Person, Programme, ProgrammeDraft
from bot.store.work import Work

ON_THE_CARD = frozenset(
    {
        "name", "kinds", "shape", "round_kind", "every", "weekday", "month_day", "runs_at", "zone",
        "is_opt_in", "length_minutes", "announcement", "contacts", "country", "lead_ids",
    }
)  # fmt: skip
"""What the card in the channel shows; the rest of a programme is its leads' business."""

CHOICES = {"shape": Shape, "round_kind": Kind, "every": Every, "approval": Approval}
CADENCE = frozenset({"every", "weekday", "month_day"})


async def form_now(work: Work, programme: Programme | None) -> ProgrammeForm | None:
    """The programme as a form, None for one that does not exist yet."""
    if programme is None:
        return None
    return form_from(programme, [lead.id for lead in await lead_rows(work, programme.id)])


async def write(
    ctx: Context,
    work: Work,
    row: ProgrammeDraft,
    programme: Programme | None,
    form: ProgrammeForm,
    before: ProgrammeForm | None,
) -> Programme:
    """Make the programme of a draft, or change it, with its leads and its people's hours."""
    programme = programme or _beginning(ctx, row)
    old = programme.country, programme.opens_at, programme.closes_at
    _fill(programme, form, before, ctx.now())
    await work.add(programme)
    await _set_leads(ctx, work, programme, form.lead_ids)
    if before is not None:
        await _set_hours(work, programme, *old)
        await change_retention(work, programme, before=before.retention_days, now=ctx.now())
    return programme


def _beginning(ctx: Context, row: ProgrammeDraft) -> Programme:
    return Programme(
        workspace_id=row.workspace_id, channel=row.channel, name="", created_at=ctx.now()
    )


def _fill(
    programme: Programme, form: ProgrammeForm, before: ProgrammeForm | None, now: datetime
) -> None:
    """The form's values into the row; another cadence is counted from today."""
    for name, value in form.model_dump(exclude={"lead_ids"}).items():
        setattr(programme, name, list(value) if isinstance(value, tuple | list) else value)
    for name, kind in CHOICES.items():
        setattr(programme, name, kind(getattr(form, name)))
    same = before is not None and all(
        getattr(before, name) == getattr(form, name) for name in CADENCE
    )
    if not same or programme.starts_on is None:
        programme.starts_on = now.astimezone(zone_or_utc(programme.zone)).date()


async def _set_leads(
    ctx: Context, work: Work, programme: Programme, lead_ids: tuple[int, ...]
) -> None:
    present = {lead.id for lead in await lead_rows(work, programme.id)}
    if present == set(lead_ids):
        return
    await work.session.execute(
        delete(Lead).where(
            col(Lead.programme_id) == programme.id, col(Lead.person_id).not_in(lead_ids)
        )
    )
    for each in lead_ids:
        await work.ensure(Lead(programme_id=programme.id, person_id=each, made_at=ctx.now()))
    programme.leads_channel = None  # another circle, another conversation


async def _set_hours(
    work: Work, programme: Programme, country: str, opens: time, closes: time
) -> None:
    """Who takes part keeps the programme's hours and holidays, unless they have their own."""
    enrolled = select(Enrolment.person_id).where(
        Enrolment.programme_id == programme.id, col(Enrolment.ended_at).is_(None)
    )
    found = await work.session.execute(select(Person).where(col(Person.id).in_(enrolled)))
    for person in found.scalars():
        if (person.opens_at, person.closes_at) == (opens, closes):
            person.opens_at, person.closes_at = programme.opens_at, programme.closes_at
        if person.country in ("", country):
            person.country = programme.country


async def see_draft(
    ctx: Context, work: Work, row: ProgrammeDraft, programme: Programme | None
) -> DraftView:
    """The programme as it would be; nothing of it is written."""
    form = ProgrammeForm.model_validate(row.form)
    before = await form_now(work, programme)
    would_be = _beginning(ctx, row) if programme is None else Programme(**programme.model_dump())
    _fill(would_be, form, before, ctx.now())
    found = await work.session.execute(select(Person).where(col(Person.id).in_(form.lead_ids)))
    people = {person.id: see_person(person, ctx.now()) for person in found.scalars()}
    enrolled, announced = 0, None
    if programme is not None:
        (present,) = await programme_views(ctx, work.session, [programme])
        enrolled = present.enrolled
        announced = (await announced_rounds(work.session, [programme.id])).get(programme.id)
    stays = announced is not None and moment_of(would_be, announced.due_on) is not None
    view = see_programme(
        would_be,
        leads=[people[each] for each in form.lead_ids],
        enrolled=enrolled,
        next_dates=dates_of(would_be, ctx.now(), announced if stays else None),
    )
    again = before is None or on_the_card(before) != on_the_card(form)
    return DraftView(id=row.id, programme=view, is_new=programme is None, announces_again=again)


def on_the_card(form: ProgrammeForm) -> dict[str, Any]:
    """What the card in the channel says of it, to be compared."""
    return form.model_dump(mode="json", include=set(ON_THE_CARD))
