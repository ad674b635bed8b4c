"""Taking a list of people over: a hundred rows to a transaction, each row once.

How far it came is written with the rows themselves, so it goes on where a lost process stopped.
"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.domain.states import RoundState
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.leaving import pass_on_offers
from bot.services.lists.importing_card import card_of
from bot.services.lists.importing_people import Directory, Listed, why_not
from bot.services.lists.importing_rows import NOTHING, Values, changes, values_of
from bot.services.people import copy_profile
from bot.services.requests.routing import try_waiting
from bot.services.rounds.round_notices import AFTER_THE_PLAN, latest_round, plan_late, plan_notices
from bot.services.seeing import hours_of
from bot.store.tables import Enrolment, Job, PeopleImport, Person, Programme
from bot.store.work import Work

ROWS_AT_A_TIME: Final = 100
"""On SQLite others wait while a transaction is open; these take a tenth of a second or a few."""

IMPORTED: Final = "imported"
"""The note of the card for somebody whom a list brought in."""


async def take_rows(ctx: Context, *, import_id: int, people: Collection[Listed]) -> None:
    """Take over what is left of a list whose lead said yes.

    `people` is everybody of the workspace, as Slack lists them now: who left since the list was
    read is left out, and so is who left the programme; the card says which rows those were.
    """
    directory = Directory(people)
    more = True
    while more:
        more = await try_take_some(ctx, import_id, directory)
        await asyncio.sleep(0)  # whoever waits for an answer comes in between


@dataclass(slots=True)
class _Taking:
    """One transaction's part of a list."""

    ctx: Context
    work: Work
    batch: PeopleImport
    programme: Programme
    people: dict[str, Person]
    rows: dict[int, dict[Role, Enrolment]]
    managers: dict[int, str]  # Slack's ids, by ours
    counts: dict[str, int]
    problems: list[Any]
    joined: list[Person] = field(default_factory=list)
    stopped: list[Person] = field(default_factory=list)  # mentors no more
    told: list[Person] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)


async def try_take_some(ctx: Context, import_id: int, directory: Directory) -> bool:
    """Take the next rows over; whether there are more."""
    async with ctx.db.work() as work:
        # Not the whole row: its list is long, and read once is enough.
        whose = select(PeopleImport.programme_id).where(PeopleImport.id == import_id)
        programme_id = (await work.session.execute(whose)).scalar_one()
        seen = await work.session.get_one(Programme, programme_id)
        await hold_routing(work, seen.workspace_id)
        programme = await work.lock(Programme, programme_id)
        batch = await work.lock(PeopleImport, import_id)
        assert batch is not None
        assert programme is not None
        if batch.rows is None or batch.taken_at is None:
            return False
        done = batch.counts.get("done", 0)
        part = batch.rows[done : done + ROWS_AT_A_TIME]
        taking = await _start(ctx, work, batch, programme, part, directory)
        for number, slack_id, said in part:
            await _take(taking, number, slack_id, said, directory)
        await _follow_up(taking)
        is_last = done + len(part) >= len(batch.rows)
        _count(taking, done + len(part), is_last)
        if is_last:
            await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()
        return not is_last


def _count(taking: _Taking, done: int, is_last: bool) -> None:
    batch, counts = taking.batch, taking.counts
    if is_last:
        batch.rows, batch.problems = None, taking.problems  # row numbers and keys alone
        batch.counts = {key: counts.get(f"did_{key}", 0) for key in ("new", "changed", "unchanged")}
        batch.counts["unchanged"] += counts["unchanged"]
    else:
        # What was wrong with other rows is not needed any more.
        batch.counts, batch.problems = {**counts, "done": done}, taking.problems


async def _start(
    ctx: Context,
    work: Work,
    batch: PeopleImport,
    programme: Programme,
    part: Iterable[Any],
    directory: Directory,
) -> _Taking:
    named = {slack_id for _, slack_id, _ in part}
    named |= {said["manager"] for _, _, said in part if said.get("manager")}
    people = await _people(ctx, work, programme, named, directory)
    ids = [person.id for person in people.values()]
    statement = select(Enrolment).where(
        Enrolment.programme_id == programme.id, col(Enrolment.person_id).in_(ids)
    )
    rows: dict[int, dict[Role, Enrolment]] = {}
    for row in (await work.session.execute(statement)).scalars():
        rows.setdefault(row.person_id, {})[row.role] = row
    above = {one.manager_id for one in people.values() if one.manager_id is not None}
    known = select(Person.id, Person.slack_id).where(col(Person.id).in_(above))
    managers = dict((await work.session.execute(known)).all())
    begun = "done" in batch.counts
    problems = list(batch.problems or ()) if begun else []
    return _Taking(
        ctx, work, batch, programme, people, rows, managers, dict(batch.counts), problems
    )


async def _people(
    ctx: Context, work: Work, programme: Programme, named: Collection[str], directory: Directory
) -> dict[str, Person]:
    """Their rows; who is new to Lantern gets one, if they are still there."""
    statement = select(Person).where(
        Person.workspace_id == programme.workspace_id, col(Person.slack_id).in_(named)
    )
    known = {row.slack_id: row for row in (await work.session.execute(statement)).scalars()}
    wall, new = ctx.clock.wall(), []
    for slack_id in sorted(set(named) - known.keys()):
        profile = directory.get(slack_id)
        if profile is None or why_not(profile) is not None:
            continue
        row = Person(workspace_id=programme.workspace_id, slack_id=slack_id, refreshed_at=wall)
        copy_profile(profile, row, wall)
        new.append(row)
    if new:
        await work.ensure(*new)  # somebody else may meet them at this moment
        known |= {row.slack_id: row for row in (await work.session.execute(statement)).scalars()}
    return known


async def _take(
    taking: _Taking, number: int, slack_id: str, said: Values, directory: Directory
) -> None:
    profile, person = directory.get(slack_id), taking.people.get(slack_id)
    if profile is None or why_not(profile) is not None or person is None:
        taking.problems.append([number, "row_gone_since", {}])
        return
    rows = taking.rows.setdefault(person.id, {})
    live = {role: row for role, row in rows.items() if row.ended_at is None}
    if rows and not live:
        taking.problems.append([number, "row_left", {}])
        return
    manager = taking.managers.get(person.manager_id or 0, "")
    now = values_of(person, live, manager, taking.ctx.library.areas) if live else NOTHING
    changed = changes(said, now, among_peers=taking.programme.shape is Shape.PEERS)
    what = "unchanged" if not changed else "changed" if live else "new"
    taking.counts[f"did_{what}"] = taking.counts.get(f"did_{what}", 0) + 1
    if changed:
        _describe(taking, person, changed, is_new=not live)
        _enrol(taking, person, rows, changed)
        (taking.changed if live and changed["roles"] == now["roles"] else taking.told).append(
            person
        )


def _describe(taking: _Taking, person: Person, changed: Values, *, is_new: bool) -> None:
    """What is known of somebody in every programme."""
    for column in ("department", "seniority", "languages", "location", "country"):
        if column in changed:
            setattr(person, column, changed[column])
    manager = taking.people.get(changed.get("manager", ""))
    if manager is not None:
        person.manager_id = manager.id
    if is_new:  # as for whoever joins: the programme's hours and holidays
        programme = taking.programme
        person.opens_at, person.closes_at = programme.opens_at, programme.closes_at
        if "country" not in changed:
            person.country = programme.country or person.country


def _enrol(taking: _Taking, person: Person, rows: dict[Role, Enrolment], changed: Values) -> None:
    """A live row for each role, the others ended; only what the list says is written."""
    programme, now = taking.programme, taking.ctx.now()
    for role in Role:
        row, wanted = rows.get(role), role.value in changed["roles"]
        if not wanted:
            if row is not None and row.ended_at is None:
                row.ended_at = now
                if role is Role.MENTOR:
                    taking.stopped.append(person)
            continue
        if row is None:
            row = Enrolment(
                programme_id=programme.id,
                person_id=person.id,
                role=role,
                capacity=programme.capacity if role is Role.MENTOR else 1,
                created_at=now,
            )
            rows[role] = row
            taking.work.session.add(row)
            taking.joined.append(person)
        elif row.ended_at is not None:
            row.ended_at, row.waiting, row.taster_only = None, 0, False
            taking.joined.append(person)
        _fill(row, role, changed)


def _fill(row: Enrolment, role: Role, changed: Values) -> None:
    areas = changed.get("offered" if role is Role.MENTOR else "sought")
    if areas is not None:
        row.areas = areas
    if role is Role.MENTOR and "capacity" in changed:
        row.capacity = changed["capacity"]
    if "windows" in changed:
        row.windows = changed["windows"]


async def _follow_up(taking: _Taking) -> None:
    """What comes of it: cards, rounds, and requests that can move on now."""
    ctx, work, programme = taking.ctx, taking.work, taking.programme
    await work.session.flush()
    for person in taking.stopped:
        await pass_on_offers(ctx, work, person, programme_id=programme.id)
    joined = {person.id: person for person in taking.joined}
    if joined:
        await _into_round(taking, list(joined.values()))
    await _cards(taking)
    if joined or taking.changed or taking.stopped:
        await try_waiting(ctx, work, programme.workspace_id)


async def _into_round(taking: _Taking, joined: Collection[Person]) -> None:
    """They hear of a round that was announced, or come late to one that was planned."""
    ctx, work, programme = taking.ctx, taking.work, taking.programme
    row = await latest_round(work, programme.id)
    if row is None or programme.archived_at is not None:
        return
    if row.state is RoundState.ANNOUNCED:
        await plan_notices(ctx, work, row, joined)
    elif row.state in AFTER_THE_PLAN:
        await plan_late(ctx, work, programme, row)


async def _cards(taking: _Taking) -> None:
    """Everybody whose roles changed hears of it, once and in their own hours."""
    now, programme = taking.ctx.now(), taking.programme
    written = [person.id for person in (*taking.told, *taking.changed)]
    cards = (
        col(Job.recipient_id).in_(written),
        Job.kind == JobKind.ENROLMENT_CARD,
        Job.programme_id == programme.id,
    )
    await taking.work.touch(*cards, now=now)
    jobs = [
        job_to(
            person,
            JobKind.ENROLMENT_CARD,
            f"enrolment:{programme.id}:{person.id}:import:{taking.batch.id}",
            now=now,
            note=IMPORTED,
            programme_id=programme.id,
            import_id=taking.batch.id,
        )
        for person in taking.told
    ]
    for one, person in zip(jobs, taking.told, strict=True):
        one.due_at = hours_of(person).next_open(now)  # they did not ask for it: not at night
    await taking.work.plan(*jobs)
