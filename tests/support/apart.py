"""Whether companies in one database are apart: which rows are whose, and what leads across."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from bot.store.belonging import belonging, rows_of
from tests.support.door import File


class Apart:
    """Looks at a SQLite database with several companies, by its foreign keys."""

    def __init__(self, file: File) -> None:
        self._file = file
        teams = file.rows("workspace", of="id, slack_team_id")
        self._teams: dict[str, int] = {team: row_id for row_id, team in teams}
        self._leading_out = " UNION ALL ".join(self._queries())

    def rows(self, team: str) -> dict[str, list[Any]]:
        """Every row of a company, by table."""
        found = {table.name: _where(table, self._teams[team]) for table in belonging()}
        return {name: self._file.rows(name, theirs) for name, theirs in found.items()}

    def links(self) -> list[str]:
        """Every column in which a row of one company leads to a row of another."""
        return [name for (name,) in self._file.ask(self._leading_out)]

    def _queries(self) -> Iterator[str]:
        for table, column, parent, key in _keys():
            for workspace_id in self._teams.values():
                inside = f"SELECT {key} FROM {parent.name} WHERE {_where(parent, workspace_id)}"
                theirs = f"{_where(table, workspace_id)} AND {column} NOT IN ({inside})"
                exists = f"EXISTS (SELECT 1 FROM {table.name} WHERE {theirs})"
                yield f"SELECT '{table.name}.{column}' WHERE {exists}"


def _keys() -> Iterator[tuple[Table, str, Table, str]]:
    """Every foreign key between two tables that belong to companies."""
    tables = belonging()
    for table in tables:
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table in tables:
                    yield table, column.name, key.column.table, key.column.name


@cache
def _where(table: Table, workspace_id: int) -> str:
    condition = rows_of(table, workspace_id)
    assert condition is not None
    options = {"literal_binds": True}
    return str(condition.compile(dialect=sqlite.dialect(), compile_kwargs=options))
