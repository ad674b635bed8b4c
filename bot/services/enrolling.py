"""Joining a programme, changing what one said there, and leaving it (2.2)."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from pydantic import BaseModel
from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Format, Role, Window
from bot.domain.programmes import LEVELS, Shape
from bot.domain.words import check_text
from bot.services.access import active_person, hold_routing, known, known_areas
from bot.services.context import Context
from bot.services.enrolling_reading import enrolment, programmes_of
from bot.services.jobs import job_to
from bot.services.leaving import pass_on_offers
from bot.services.programme_form import CAPACITY_MAX, known_country
from bot.services.round_notices import bring_into_round
from bot.services.routing import try_waiting
from bot.services.views_programmes import EnrolmentView
from bot.store.tables import Apart, Enrolment, Job, Person, Programme, Round
from bot.store.work import Work

__all__ = ["EnrolForm", "enrol", "enrolment", "leave", "programmes_of"]

LINE_MAX: Final = 120  # characters of a department or a place
APART_MOST: Final = 20
LANGUAGES_MOST: Final = 10
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class EnrolForm(BaseModel, frozen=True):
    """What somebody filled in to join, as it was typed and picked; `enrol` looks at it.

    `areas` and `topics` are what a mentor offers, `sought` (the dearest first) and `hopes` what a
    mentee seeks; `capacity` is a mentor's sessions a month.
    """

    roles: Sequence[str] = ()
    areas: Sequence[str] = ()
    topics: str = ""
    sought: Sequence[str] = ()
    hopes: str = ""
    capacity: int = 1
    seniority: int | None = None
    department: str = ""
    languages: Sequence[str] = ()
    location: str = ""
    country: str = ""
    manager_id: int | None = None
    apart_ids: tuple[int, ...] = ()
    formats: Sequence[str] = ()
    windows: Sequence[str] = ()


async def enrol(
    ctx: Context,
    *,
    actor_id: int,
    programme_id: int,
    form: EnrolForm,
    receipt: str | None = None,
) -> EnrolmentView:
    """Join a programme, or change what one said there; a role that is not named any more ends.

    Who joins hears of a round that was announced, and comes late to one that was planned. Raises
    RuleBroken at the field: "no_choice" (roles), "capacity", "too_long", "unknown_choice",
    "too_many_choices" (`limit`), "own_manager" (manager), "apart_self" (apart); "channel_archived",
    "not_yours"; "bot", "guest" or "deactivated". AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await active_person(work, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await _joinable(work, person, programme_id)
        wanted = _checked(ctx, form, programme)
        rows = await _rows(work, programme.id, person.id)
        is_new = not any(row.ended_at is None for row in rows.values())
        joined = await _take_roles(ctx, work, programme, person, rows, wanted)
        await _describe(ctx, work, person, form)
        if is_new:
            _take_hours(person, programme, form)
        await _card(ctx, work, programme, person, "joined" if is_new else "changed")
        if joined:
            await bring_into_round(ctx, work, programme, person)
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()
    return await enrolment(ctx, person_id=actor_id, programme_id=programme_id)


async def leave(
    ctx: Context, *, actor_id: int, programme_id: int, receipt: str | None = None
) -> None:
    """Leave a programme: nobody new is sent, what is agreed stays agreed.

    Offers that wait for an answer move on. Raises RuleBroken "not_enrolled".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await work.session.get_one(Person, actor_id)
        await hold_routing(work, person.workspace_id)
        programme = await work.lock(Programme, programme_id)
        rows = await _rows(work, programme_id, actor_id)
        live = [row for row in rows.values() if row.ended_at is None]
        if programme is None or not live:
            raise RuleBroken("not_enrolled")
        for row in live:
            row.ended_at = ctx.now()
        await pass_on_offers(ctx, work, person, programme_id=programme_id)
        await _forget_notices(ctx, work, programme, person)
        await _card(ctx, work, programme, person, "left")
        await try_waiting(ctx, work, person.workspace_id)
        await work.commit()


async def _joinable(work: Work, person: Person, programme_id: int) -> Programme:
    row = await work.lock(Programme, programme_id)
    if row is None or row.workspace_id != person.workspace_id:
        raise RuleBroken("not_yours")
    if row.archived_at is not None:
        raise RuleBroken("channel_archived")
    return row


def _checked(ctx: Context, form: EnrolForm, programme: Programme) -> dict[Role, dict[str, object]]:
    """What the row of each role wanted is to hold."""
    roles = known(Role, form.roles, "roles")
    if programme.shape is Shape.PEERS and not roles:
        roles = list(Role)  # among equals everybody gives and takes
    if not roles:
        raise RuleBroken("no_choice", field="roles")
    shared = {
        "formats": [each.value for each in known(Format, form.formats, "formats")],
        "windows": [each.value for each in known(Window, form.windows, "windows")],
        "taster_only": False,
        "ended_at": None,
    }
    wanted: dict[Role, dict[str, object]] = {}
    if Role.MENTOR in roles:
        if not 1 <= form.capacity <= CAPACITY_MAX:
            raise RuleBroken("capacity", field="capacity", limit=CAPACITY_MAX)
        topics = check_text(form.topics, field="topics", required=False)
        areas = known_areas(ctx, form.areas)
        wanted[Role.MENTOR] = {
            "areas": areas, "topics": topics, "capacity": form.capacity, **shared
        }  # fmt: skip
    if Role.MENTEE in roles:
        hopes = check_text(form.hopes, field="hoped_for", required=False)
        wanted[Role.MENTEE] = {
            "areas": _sought(ctx, form.sought), "topics": hopes, "capacity": 1, **shared
        }  # fmt: skip
    return wanted


def _sought(ctx: Context, keys: Sequence[str]) -> list[str]:
    """The areas in the order in which they were picked: the dearest first."""
    if not set(keys) <= ctx.library.areas.keys():
        raise RuleBroken("unknown_choice", field="sought")
    return list(dict.fromkeys(keys))


async def _rows(work: Work, programme_id: int, person_id: int) -> dict[Role, Enrolment]:
    statement = select(Enrolment).where(
        Enrolment.programme_id == programme_id, Enrolment.person_id == person_id
    )
    return {row.role: row for row in (await work.session.execute(statement)).scalars()}


async def _take_roles(
    ctx: Context,
    work: Work,
    programme: Programme,
    person: Person,
    rows: dict[Role, Enrolment],
    wanted: dict[Role, dict[str, object]],
) -> bool:
    """Write a row for each role wanted, end the others; whether a role is new to them."""
    joined = False
    for role, values in wanted.items():
        row = rows.get(role)
        if row is None:
            row = Enrolment(
                programme_id=programme.id, person_id=person.id, role=role, created_at=ctx.now()
            )
        if row.id is None or row.ended_at is not None:
            joined, row.waiting = True, 0
        for name, value in values.items():
            setattr(row, name, value)
        await work.add(row)
    for role, row in rows.items():
        if role not in wanted and row.ended_at is None:
            row.ended_at = ctx.now()
            if role is Role.MENTOR:
                await work.session.flush()
                await pass_on_offers(ctx, work, person, programme_id=programme.id)
    return joined


async def _describe(ctx: Context, work: Work, person: Person, form: EnrolForm) -> None:
    """What is asked once, and holds in every programme."""
    if form.seniority is not None and form.seniority not in LEVELS:
        raise RuleBroken("unknown_choice", field="seniority")
    languages = list(dict.fromkeys(code.strip().lower() for code in form.languages))
    if len(languages) > LANGUAGES_MOST:
        raise RuleBroken("too_many_choices", field="languages", limit=LANGUAGES_MOST)
    if not all(_LANGUAGE.fullmatch(code) for code in languages):
        raise RuleBroken("unknown_choice", field="languages")
    if form.manager_id == person.id:
        raise RuleBroken("own_manager", field="manager")
    managers = [form.manager_id] if form.manager_id is not None else []
    await _check_colleagues(work, person, managers, "manager")
    person.seniority = form.seniority
    person.department = _line(form.department, "department")
    person.languages = languages
    person.location = _line(form.location, "location")
    person.country = known_country(form.country) or person.country
    person.manager_id = form.manager_id
    await _keep_apart(ctx, work, person, form.apart_ids)


def _line(text: str, field: str) -> str:
    return " ".join(check_text(text, field=field, limit=LINE_MAX, required=False).split())


def _take_hours(person: Person, programme: Programme, form: EnrolForm) -> None:
    """Whoever joins is written to in the programme's hours, and not on its holidays."""
    person.opens_at, person.closes_at = programme.opens_at, programme.closes_at
    if not form.country:
        person.country = programme.country or person.country


async def _check_colleagues(work: Work, person: Person, ids: Collection[int], field: str) -> None:
    statement = select(Person.id).where(
        Person.workspace_id == person.workspace_id, col(Person.id).in_(ids)
    )
    if set((await work.session.execute(statement)).scalars()) != set(ids):
        raise RuleBroken("unknown_choice", field=field)


async def _keep_apart(ctx: Context, work: Work, person: Person, ids: tuple[int, ...]) -> None:
    """With whom they would rather not be matched; known to them alone."""
    if person.id in ids:
        raise RuleBroken("apart_self", field="apart")
    if len(set(ids)) > APART_MOST:
        raise RuleBroken("too_many_choices", field="apart", limit=APART_MOST)
    await _check_colleagues(work, person, ids, "apart")
    await work.session.execute(
        delete(Apart).where(col(Apart.person_id) == person.id, col(Apart.other_id).not_in(ids))
    )
    for each in dict.fromkeys(ids):
        await work.ensure(Apart(person_id=person.id, other_id=each, made_at=ctx.now()))


async def _forget_notices(ctx: Context, work: Work, programme: Programme, person: Person) -> None:
    """No round is announced to who left; what stands in their DM has no buttons any more."""
    rounds = select(Round.id).where(Round.programme_id == programme.id)
    notices = (
        Job.recipient_id == person.id,
        Job.kind == JobKind.ROUND_NOTICE,
        col(Job.round_id).in_(rounds),
    )
    await work.cancel_unsaid(*notices, reason="left")
    await work.touch(*notices, now=ctx.now())


async def _card(ctx: Context, work: Work, programme: Programme, person: Person, note: str) -> None:
    """How things stand now; earlier cards of this programme are put right where they are."""
    cards = (
        Job.recipient_id == person.id,
        Job.kind == JobKind.ENROLMENT_CARD,
        Job.programme_id == programme.id,
    )
    await work.touch(*cards, now=ctx.now())
    # Real time, so that two changes under a clock that stands still are two answers.
    stamp = ctx.clock.wall().timestamp()
    await work.plan(
        job_to(
            person,
            JobKind.ENROLMENT_CARD,
            f"enrolment:{programme.id}:{person.id}:card:{stamp}",
            now=ctx.now(),
            note=note,
            programme_id=programme.id,
        )
    )
