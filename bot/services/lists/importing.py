"""A lead's list of people: read, shown, then taken over or thrown away.

Nothing of it counts before the lead says so; then `importing_taking` takes it over. What a list
says is kept sealed, and no longer than until it is settled.
"""

import asyncio
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Final

from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Shape
from bot.services.access import access_programme, active_person
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.lists import importing_rows
from bot.services.lists.importing_people import Directory, Listed
from bot.services.lists.importing_rows import (
    ENGLISH_ALONE,
    AlsoCalled,
    Entry,
    Problem,
    changes,
    read_rows,
)
from bot.services.lists.importing_taking import card_of, take_rows
from bot.services.lists.listing_people import Standing, standing_of
from bot.services.lists.sheets import Sheet, read_sheet
from bot.services.notices import plan_notice
from bot.services.programmes.programmes_reading import programme_views
from bot.services.programmes.views_programmes import ImportView, ProblemView
from bot.services.reading_session import person_views
from bot.services.views import PersonView
from bot.store.tables import Job, PeopleImport, Programme
from bot.store.work import Work

__all__ = [
    "ask_import",
    "discard_import",
    "fail_import",
    "import_view",
    "read_import",
    "sent_by",
    "stop_import",
    "take_import",
    "take_rows",
]

PROBLEMS_SHOWN: Final = 15
TAKE: Final = "take"
"""The note of the job that takes a list over; the one that reads it has none."""

_UNKNOWN: Final = "unknown_columns"  # kept among the problems, of row 0


async def ask_import(
    ctx: Context, *, actor_id: int, programme_id: int, file: str, receipt: str | None = None
) -> None:
    """A lead sent a list (`file` is Slack's id of it): it is read, and a card says what is in it.

    An earlier list of theirs that still waits for its yes is thrown away. Raises RuleBroken
    "not_a_lead", "channel_archived". AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        for earlier in await _waiting(work, actor_id, programme_id):
            await _discard(ctx, work, earlier)
        batch = await work.add(
            PeopleImport(programme_id=programme_id, by_id=actor_id, file=file, made_at=now)
        )
        about = {"programme_id": programme_id, "import_id": batch.id}
        read, card = f"import:{batch.id}:read", f"import:{batch.id}:card"
        whose = programme.workspace_id
        await work.plan(
            job(JobKind.IMPORT_READ, read, now=now, workspace_id=whose, **about),  # type: ignore[arg-type]
            job_to(actor, JobKind.IMPORT_CARD, card, now=now, **about),  # type: ignore[arg-type]
        )
        await work.commit()


async def fail_import(
    ctx: Context, *, import_id: int, key: str, facts: dict[str, object] | None = None
) -> None:
    """The file cannot be read, for the reason of this key; the card says so."""
    async with ctx.db.work() as work:
        batch = await work.lock(PeopleImport, import_id)
        if batch is None or state_of(batch) != "reading":
            return
        batch.failure, batch.read_at = key, ctx.now()
        batch.problems = [[0, key, facts or {}]]
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()


async def stop_import(ctx: Context, *, import_id: int) -> None:
    """Taking a list over was given up half-way: its lead is told, and may go on with the card.

    What was taken over stays, and is not taken twice. Quiet for a list that is through.
    """
    async with ctx.db.work() as work:
        batch = await work.lock(PeopleImport, import_id)
        if batch is None or batch.taken_at is None or batch.rows is None:
            return
        batch.taken_at = None
        await plan_notice(ctx, work, batch.by_id, "import_stopped")
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()


async def read_import(
    ctx: Context,
    *,
    import_id: int,
    raw: bytes,
    people: Collection[Listed],
    also: AlsoCalled = ENGLISH_ALONE,
) -> None:
    """Read the file, and find out what it would change; nothing is changed yet.

    `people` is everybody of the workspace, as Slack lists them; `also` what else its headings and
    areas may be called. A file that cannot be read is a fact of the import (`fail_import`). Nothing
    happens to one that was read before.
    """
    async with ctx.db.read() as session:
        batch = await session.get_one(PeopleImport, import_id)
        programme = await session.get_one(Programme, batch.programme_id)
        standing = await standing_of(session, programme.id, ctx.library.areas)
    if state_of(batch) != "reading":
        return
    among_peers = programme.shape is Shape.PEERS
    try:
        # Ten thousand rows take a while, and everybody else should not wait for it.
        found = await asyncio.to_thread(
            _look, raw, people, dict(ctx.library.areas), standing, among_peers, also
        )
    except RuleBroken as rule:
        await fail_import(ctx, import_id=import_id, key=rule.key, facts=_plain(rule.facts))
        return
    await _keep(ctx, import_id, *found)


async def import_view(ctx: Context, *, import_id: int) -> ImportView:
    """A list as the lead who sent it is shown it; KeyError when there is none."""
    async with ctx.db.read() as session:
        batch = await session.get(PeopleImport, import_id)
        if batch is None:
            raise KeyError(import_id)
        programme = await session.get_one(Programme, batch.programme_id)
        (view,) = await programme_views(ctx, session, [programme])
    kept = {(row, key): facts for row, key, facts in batch.problems or ()}
    problems = [ProblemView(*each, facts=kept[each]) for each in kept if each[0]]
    return ImportView(
        id=batch.id,
        programme=view,
        state=state_of(batch),
        new=batch.counts.get("new", 0),
        changed=batch.counts.get("changed", 0),
        unchanged=batch.counts.get("unchanged", 0),
        problems=tuple(problems[:PROBLEMS_SHOWN]),
        problem_count=len(problems),
        unknown_columns=tuple(kept.get((0, _UNKNOWN), {}).get("columns", ())),
        failure=batch.failure,
        failure_facts=kept.get((0, batch.failure), {}) if batch.failure else {},
    )


async def take_import(ctx: Context, *, actor_id: int, import_id: int) -> None:
    """The lead says yes: the rows are taken over, a hundred at a time (`take_rows`).

    Raises RuleBroken "not_a_lead", "import_reading", and "import_over" (`state`) for one that was
    taken over, thrown away or could not be read: of two clicks the first counts.
    """
    async with ctx.db.work() as work:
        batch, programme = await _access_import(work, actor_id, import_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        batch.taken_at = ctx.now()
        before = select(func.count()).where(*_takes(import_id))
        again = (await work.session.execute(before)).scalar_one()
        await work.plan(
            job(
                JobKind.IMPORT_READ,
                f"import:{import_id}:take" + (f":{again + 1}" if again else ""),
                now=ctx.now(),
                workspace_id=programme.workspace_id,
                note=TAKE,
                programme_id=programme.id,
                import_id=import_id,
            )
        )
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()


async def discard_import(ctx: Context, *, actor_id: int, import_id: int) -> None:
    """The lead throws the list away; nothing of it is kept. Raises as `take_import` does."""
    async with ctx.db.work() as work:
        batch, _ = await _access_import(work, actor_id, import_id)
        await _discard(ctx, work, batch)
        await work.commit()


async def sent_by(ctx: Context, *, import_id: int) -> PersonView:
    """The lead who sent a list."""
    async with ctx.db.read() as session:
        batch = await session.get_one(PeopleImport, import_id)
        return (await person_views(ctx, session, [batch.by_id]))[batch.by_id]


def state_of(batch: PeopleImport) -> str:
    """ "reading", "ready", "failed", "taken" or "discarded"."""
    if batch.discarded_at is not None:
        return "discarded"
    if batch.taken_at is not None:
        return "taken"
    if batch.failure is not None:
        return "failed"
    return "reading" if batch.read_at is None else "ready"


async def _access_import(
    work: Work, actor_id: int, import_id: int
) -> tuple[PeopleImport, Programme]:
    """A list that waits for its yes, held for a change by a lead of its programme."""
    actor = await active_person(work, actor_id)
    seen = await work.session.get(PeopleImport, import_id)
    if seen is None:
        raise RuleBroken("not_yours")
    programme = await access_programme(work, actor, seen.programme_id)
    batch = await work.lock(PeopleImport, import_id)
    assert batch is not None
    state = state_of(batch)
    if state == "reading":
        raise RuleBroken("import_reading")
    if state != "ready":
        raise RuleBroken("import_over", state=state)
    return batch, programme


def _takes(import_id: int) -> tuple[Any, ...]:
    """The jobs that take a list over: one, and another after each that was given up."""
    return (Job.import_id == import_id, Job.kind == JobKind.IMPORT_READ, Job.note == TAKE)


async def _waiting(work: Work, actor_id: int, programme_id: int) -> Iterable[PeopleImport]:
    statement = (
        select(PeopleImport)
        .where(
            PeopleImport.programme_id == programme_id,
            PeopleImport.by_id == actor_id,
            col(PeopleImport.taken_at).is_(None),
            col(PeopleImport.discarded_at).is_(None),
            col(PeopleImport.failure).is_(None),
        )
        .with_for_update(key_share=True)
    )
    return (await work.session.execute(statement)).scalars().all()


async def discard_forgotten(ctx: Context, *, older_than: timedelta) -> None:
    """Throw away the lists that nobody took over or threw away in all that time."""
    async with ctx.db.work() as work:
        statement = (
            select(PeopleImport)
            .where(
                col(PeopleImport.made_at) < ctx.now() - older_than,
                col(PeopleImport.taken_at).is_(None),
                col(PeopleImport.discarded_at).is_(None),
                col(PeopleImport.rows).is_not(None) | col(PeopleImport.problems).is_not(None),
            )
            .limit(100)
            .with_for_update(key_share=True, skip_locked=True)
        )
        for batch in (await work.session.scalars(statement)).all():
            await _discard(ctx, work, batch)
        await work.commit()


async def _discard(ctx: Context, work: Work, batch: PeopleImport) -> None:
    batch.discarded_at = ctx.now()
    batch.rows = batch.problems = None
    await work.touch(*card_of(batch.id), now=ctx.now())


Found = tuple[list[Any], list[Any], dict[str, int]]


def _look(
    raw: bytes,
    people: Iterable[Listed],
    areas: dict[str, str],
    standing: dict[str, Standing],
    among_peers: bool,
    also: AlsoCalled,
) -> Found:
    """The rows that change something, the problems (both as they are kept), and the counts."""
    sheet = read_sheet(raw, columns=also.columns(), required=())
    importing_rows.check_columns(sheet.columns)
    entries, problems = read_rows(sheet.rows, Directory(people), areas, also)
    rows: list[Any] = []
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for entry in entries:
        try:
            what = _kind_of(entry, standing.get(entry.slack_id), among_peers)
        except RuleBroken as rule:
            problems.append(Problem(entry.number, rule.key, rule.facts))
            continue
        counts[what] += 1
        if what != "unchanged":
            rows.append([entry.number, entry.slack_id, entry.values])
    return rows, _kept(sheet, problems), counts


def _kind_of(entry: Entry, standing: Standing | None, among_peers: bool) -> str:
    standing = standing or Standing()
    changed = changes(entry.values, standing.checked(), among_peers=among_peers)
    if not standing.is_enrolled:
        return "new"
    return "changed" if changed else "unchanged"


def _kept(sheet: Sheet, problems: Iterable[Problem]) -> list[Any]:
    ordered = sorted(problems, key=lambda one: one.number)
    kept: list[Any] = [[one.number, one.key, _plain(one.facts)] for one in ordered]
    return [[0, _UNKNOWN, {"columns": list(sheet.unknown)}], *kept] if sheet.unknown else kept


def _plain(facts: Any) -> dict[str, object]:
    """Facts as JSON has them."""
    return {key: list(each) if isinstance(each, tuple) else each for key, each in facts.items()}


async def _keep(
    ctx: Context, import_id: int, rows: list[Any], problems: list[Any], counts: dict[str, int]
) -> None:
    async with ctx.db.work() as work:
        batch = await work.lock(PeopleImport, import_id)
        if batch is None or state_of(batch) != "reading":
            return
        batch.rows, batch.problems, batch.counts = rows, problems, counts
        batch.read_at = ctx.now()
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()
