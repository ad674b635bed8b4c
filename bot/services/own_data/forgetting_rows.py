"""The rows of somebody who is forgotten: deleted or emptied, as `store.personal_tables` says."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.services.installations import serving_workspace
from bot.store.personal import Fate, Held, Words, table_of
from bot.store.personal_tables import PERSONAL
from bot.store.tables import Installation, PeopleImport, Person, Programme, metadata
from bot.store.work import Work

_NOW: dict[str, Any] = {"synchronize_session": False}


async def clean(work: Work, person: Person, now: datetime) -> None:
    """Empty and delete all that goes at once; the person's own row loses its name last.

    It may be done again: what was emptied stays empty. The caller holds the person and their
    sessions.
    """
    by_table = {table_of(held.table): held for held in PERSONAL}
    await _leave_lists(work, person, now)
    await _leave_installations(work, person)
    # Rows that refer to others go before those.
    for table in reversed(metadata.sorted_tables):
        if table in by_table:
            await _clean_one(work, by_table[table], person.id)
    await work.session.execute(
        update(Person)
        .where(col(Person.id) == person.id)
        .values(slack_id=f"forgotten:{person.id}", forgotten_at=now),
        execution_options=_NOW,
    )
    work.session.expire_all()
    await work.session.refresh(person)


async def clean_last(work: Work, person_id: int) -> None:
    """Delete the rows that were needed to replace messages, and forget where those stood."""
    by_table = {table_of(held.table): held for held in PERSONAL}
    for table in reversed(metadata.sorted_tables):
        held = by_table.get(table)
        if held is not None and held.fate is Fate.LAST:
            gone = delete(held.table).where(held.fated(person_id))
            await work.session.execute(gone, execution_options=_NOW)
    await work.session.execute(
        update(Person).where(col(Person.id) == person_id).values(dm_channel=None),
        execution_options=_NOW,
    )


async def _clean_one(work: Work, held: Held, person_id: int) -> None:
    if held.fate is Fate.DELETED:
        await work.session.execute(
            delete(held.table).where(held.fated(person_id)), execution_options=_NOW
        )
        return
    for words in held.words:
        if words.keyed:
            await _take_out(work, held, words, person_id)
        else:
            await _set(work, held, words.wrote(person_id), {words.column: None})
    if held.clears:
        await _set(work, held, held.fated(person_id), dict(held.clears))
    for column in held.unlinks:
        linked = getattr(held.table, column) == person_id
        await _set(work, held, linked, {column: None})


async def _set(work: Work, held: Held, where: Any, values: dict[str, Any]) -> None:
    await work.session.execute(
        update(held.table).where(where).values(**values), execution_options=_NOW
    )


async def _take_out(work: Work, held: Held, words: Words, person_id: int) -> None:
    """Their own entry out of words that are kept by person."""
    rows = select(held.table).where(words.wrote(person_id)).with_for_update(key_share=True)
    for row in (await work.session.execute(rows)).scalars():
        kept = {
            whose: said
            for whose, said in (getattr(row, words.column) or {}).items()
            if whose != str(person_id)
        }
        setattr(row, words.column, kept or None)
    await work.session.flush()


async def _leave_lists(work: Work, person: Person, now: datetime) -> None:
    """Out of the lists that leads sent and have not taken over; their own are thrown away."""
    lists = (
        select(PeopleImport)
        .join(Programme, col(Programme.id) == PeopleImport.programme_id)
        .where(
            col(PeopleImport.rows).is_not(None), col(Programme.workspace_id) == person.workspace_id
        )
        .order_by(col(PeopleImport.id))
        .with_for_update(of=PeopleImport, key_share=True)
    )
    for batch in (await work.session.execute(lists)).scalars():
        if batch.by_id == person.id and batch.taken_at is None and batch.discarded_at is None:
            batch.discarded_at = now
        batch.rows = [row for row in batch.rows or () if row[1] != person.slack_id]
    await work.session.flush()


async def _leave_installations(work: Work, person: Person) -> None:
    """Who installed Lantern there is not known any more."""
    theirs = (
        col(Installation.installed_by) == person.slack_id,
        col(Installation.id).in_(serving_workspace(person.workspace_id)),
    )
    nobody = update(Installation).where(*theirs).values(installed_by="")
    await work.session.execute(nobody, execution_options=_NOW)
