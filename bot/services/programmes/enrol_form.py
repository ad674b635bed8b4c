"""What somebody fills in to join a programme: looked at, and written to their own row."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from pydantic import BaseModel
from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Format, Role, Window
from bot.domain.programmes import LEVELS, Shape
from bot.domain.words import check_text
from bot.services.access import known, known_areas
from bot.services.context import Context
from bot.services.programmes.programme_form import CAPACITY_MAX, known_country
from bot.store.tables import Apart, Person, Programme
from bot.store.work import Work

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


def checked_roles(
    ctx: Context, form: EnrolForm, programme: Programme
) -> dict[Role, dict[str, object]]:
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


async def describe(ctx: Context, work: Work, person: Person, form: EnrolForm) -> None:
    """What is asked once, and holds in every programme."""
    if form.seniority is not None and form.seniority not in LEVELS:
        raise RuleBroken("unknown_choice", field="seniority")
    languages = known_languages(form.languages)
    if form.manager_id == person.id:
        raise RuleBroken("own_manager", field="manager")
    managers = [form.manager_id] if form.manager_id is not None else []
    await _check_colleagues(work, person, managers, "manager")
    person.seniority = form.seniority
    person.department = one_line(form.department, "department")
    person.languages = languages
    person.location = one_line(form.location, "location")
    person.country = known_country(form.country) or person.country
    person.manager_id = form.manager_id
    await _keep_apart(ctx, work, person, form.apart_ids)


def known_languages(codes: Sequence[str]) -> list[str]:
    """ISO 639 codes, each once; RuleBroken "too_many_choices" or "unknown_choice"."""
    languages = list(dict.fromkeys(code.strip().lower() for code in codes))
    if len(languages) > LANGUAGES_MOST:
        raise RuleBroken("too_many_choices", field="languages", limit=LANGUAGES_MOST)
    if not all(_LANGUAGE.fullmatch(code) for code in languages):
        raise RuleBroken("unknown_choice", field="languages")
    return languages


def one_line(text: str, field: str) -> str:
    """A department or a place on one line; RuleBroken "too_long"."""
    return " ".join(check_text(text, field=field, limit=LINE_MAX, required=False).split())


def take_hours(person: Person, programme: Programme, form: EnrolForm) -> None:
    """Whoever joins is written to in the programme's hours, unless they named their own, and not on
    its holidays."""
    if not person.hours_are_own:
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
