"""Every column that is encrypted, found in the tables themselves; and sealing them anew."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, select, type_coerce, update

from bot.store.columns import Sealed, SealedJSON
from bot.store.crypto import KeyProblem, Keyring, keyring_of
from bot.store.engine import Database
from bot.store.tables import metadata

BATCH = 200
"""Rows of a column sealed anew in one transaction: over in hundredths of a second."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of a table with one primary key, and the words for it: "agenda.content"."""

    table: Table
    column: Column[Any]

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def key(self) -> Column[Any]:
        (key,) = self.table.primary_key.columns
        return key

    @property
    def raw(self) -> Any:
        """The column as it stands in the database."""
        return type_coerce(self.column, Text)


def sealed_columns() -> Iterator[SealedColumn]:
    """All of them, in the order of their tables."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed | SealedJSON):
                yield SealedColumn(table, column)


@dataclass(frozen=True, slots=True)
class Sample:
    """What some of a column's texts say about the keys."""

    name: str
    opened: int = 0
    older: int = 0  # of those, opened by another than the first key
    closed: int = 0  # opened by none


async def samples(db: Database, keyring: Keyring, each: int = 20) -> list[Sample]:
    """The first and the last texts of every column, `each` of both: a lost key shows at an end."""
    found = []
    async with db.read() as session:
        for sealed in sealed_columns():
            texts: set[str] = set()
            for order in (sealed.key.asc(), sealed.key.desc()):
                statement = select(sealed.raw).where(sealed.column.is_not(None))
                statement = statement.order_by(order).limit(each)
                texts.update((await session.scalars(statement)).all())
            sample = Sample(sealed.name)
            for text in texts:
                sample = _judged(sample, keyring, text)
            found.append(sample)
    return found


def _judged(sample: Sample, keyring: Keyring, text: str) -> Sample:
    try:
        keyring.open(text)
    except KeyProblem:
        return replace(sample, closed=sample.closed + 1)
    older = 0 if keyring.is_newest(text) else 1
    return replace(sample, opened=sample.opened + 1, older=sample.older + older)


async def any_opens(db: Database) -> bool:
    """Whether a column's newest text opens, in any column; True where nothing is sealed."""
    keyring, found = keyring_of(db.engine.sync_engine.dialect), False
    async with db.read() as session:
        for sealed in sealed_columns():
            statement = select(sealed.raw).where(sealed.column.is_not(None))
            text = await session.scalar(statement.order_by(sealed.key.desc()).limit(1))
            if text is None:
                continue
            found = True
            if _judged(Sample(sealed.name), keyring, text).opened:
                return True
    return not found


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of a column: how many were sealed anew, stood well, and opened with no key."""

    name: str
    anew: int = 0
    kept: int = 0
    closed: int = 0


async def reseal(
    db: Database, keyring: Keyring, *, lost_at: datetime | None = None
) -> AsyncIterator[Resealed]:
    """Seal with the first key what another one sealed, column by column, while others go on.

    What was sealed before is passed over, so it may be stopped and begun again. A text that
    somebody writes meanwhile stays as they wrote it. With `lost_at` (now), what no key opens is
    deleted as if its time were over, and a workspace's token as if it had been revoked.
    """
    for sealed in sealed_columns():
        done, last = Resealed(sealed.name), None
        while True:
            rows = await _batch(db, sealed, last)
            if not rows:
                break
            last = rows[-1][0]
            done = await _reseal(db, keyring, sealed, rows, done, lost_at)
        yield done


async def _batch(db: Database, sealed: SealedColumn, last: Any) -> list[tuple[Any, str]]:
    statement = select(sealed.key, sealed.raw).where(sealed.column.is_not(None))
    if last is not None:
        statement = statement.where(sealed.key > last)
    async with db.read() as session:
        found = await session.execute(statement.order_by(sealed.key).limit(BATCH))
        return [(row[0], row[1]) for row in found]


async def _reseal(
    db: Database,
    keyring: Keyring,
    sealed: SealedColumn,
    rows: list[tuple[Any, str]],
    done: Resealed,
    lost_at: datetime | None,
) -> Resealed:
    changed: list[tuple[Any, str, dict[Column[Any], Any]]] = []
    anew = 0
    for key, text in rows:
        if keyring.is_newest(text):
            done = replace(done, kept=done.kept + 1)
            continue
        try:
            changed.append((key, text, {sealed.column: type_coerce(keyring.reseal(text), Text)}))
            anew += 1
        except KeyProblem:
            done = replace(done, closed=done.closed + 1)
            if lost_at is not None:
                changed.append((key, text, _gone(sealed, lost_at)))
    if not changed:
        return done
    async with db.work() as work:
        for key, before, after in changed:
            await work.session.execute(
                update(sealed.table).where(sealed.key == key, sealed.raw == before).values(after)
            )
        await work.commit()
    return replace(done, anew=done.anew + anew)


def _gone(sealed: SealedColumn, lost_at: datetime) -> dict[Column[Any], Any]:
    """The values of a row whose text is lost."""
    gone: dict[Column[Any], Any] = {sealed.column: None}
    if sealed.name == "installation.token":
        gone[sealed.table.c.revoked_at] = lost_at
    return gone
