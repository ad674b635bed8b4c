"""Reading a lead's list of people: what it would change, and what in it cannot be read.

What a list says is kept sealed, and no longer than until it is settled.
"""

import asyncio
from collections.abc import Collection, Iterable
from typing import Any

from bot.domain.errors import RuleBroken
from bot.domain.programmes import Shape
from bot.services.context import Context
from bot.services.lists.importing_card import UNKNOWN, card_of, state_of
from bot.services.lists.importing_people import Directory, Listed
from bot.services.lists.importing_rows import (
    ENGLISH_ALONE,
    AlsoCalled,
    Entry,
    Problem,
    changes,
    check_columns,
    read_rows,
)
from bot.services.lists.listing_people import Standing, standing_of
from bot.services.lists.sheets import Sheet, read_sheet
from bot.store.tables import PeopleImport, Programme

Found = tuple[list[Any], list[Any], dict[str, int]]


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
    check_columns(sheet.columns)
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
    return [[0, UNKNOWN, {"columns": list(sheet.unknown)}], *kept] if sheet.unknown else kept


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
