"""What the tables hold about a person: how it is written down, for each table, in one place.

`bot.store.personal_tables` says it of every table. What a person is sent (export), what is deleted
for them (forget) and docs/data.md are all made from it, and a test fails for a table or a sealed
column that is not there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, inspect, or_
from sqlmodel import SQLModel

from bot.store.columns import Sealed, SealedJSON, SealedToken

Of = Callable[[int], ColumnElement[bool]]
"""From a person's id to the condition that chooses rows of a table."""


class Fate(StrEnum):
    """What becomes of a table's rows when somebody is forgotten."""

    DELETED = "deleted"
    NAMELESS = "kept without name or words"
    LAST = "deleted a day later, once what I said is replaced"


@dataclass(frozen=True, slots=True)
class Words:
    """A column with somebody's own words: whose they are, and to whom they were shown.

    Who wrote them is sent them and has them deleted; who was `shown` them is sent them too, and
    they stay until the one who wrote them, or the retention time, has them deleted.
    """

    column: str
    wrote: Of
    shown: Of | None = None
    keyed: bool = False  # a dict by person id; only one's own entry is one's own

    def told(self, person_id: int) -> ColumnElement[bool]:
        """In which rows this person is sent them."""
        wrote = self.wrote(person_id)
        return wrote if self.shown is None else or_(wrote, self.shown(person_id))


@dataclass(frozen=True, slots=True)
class Held:
    """One table: which rows are about a person, what of them is theirs, and what becomes of it."""

    table: type[SQLModel]
    title: str  # the heading in the file; a plural
    theirs: Of  # the rows that the person is sent
    links: tuple[str, ...]  # every column that refers to a person
    fate: Fate
    why: str  # of the fate: one sentence, for docs/data.md
    gone: Of | None = None  # the rows that `fate` is about, where they are not all linked ones
    words: tuple[Words, ...] = ()
    hides: frozenset[str] = frozenset()  # columns that are not sent
    because: str = ""  # why they are not; one sentence
    clears: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    unlinks: tuple[str, ...] = ()  # links from other people's rows, which are simply emptied

    def fated(self, person_id: int) -> ColumnElement[bool]:
        """The rows that are deleted, or made nameless, when this person is forgotten."""
        return self.theirs(person_id) if self.gone is None else self.gone(person_id)


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    found: Table = inspect(model).local_table
    return found


def links_to_people(table: Table) -> tuple[str, ...]:
    """The columns of a table that refer to a person, in their order."""
    return tuple(
        column.name
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    )


def sealed_columns(table: Table) -> tuple[str, ...]:
    """The columns with words that only Lantern can read, in their order."""
    return tuple(
        column.name
        for column in table.columns
        if isinstance(column.type, Sealed | SealedJSON) and not isinstance(column.type, SealedToken)
    )
