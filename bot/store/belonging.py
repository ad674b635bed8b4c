"""Which rows belong to a workspace: read from the foreign keys, so that a new table needs no word
here."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select

from bot.store.tables import Workspace, metadata

WORKSPACE: Table = Workspace.__table__  # type: ignore[attr-defined]


def rows_of(table: Table, workspace_id: int) -> ColumnElement[bool] | None:
    """The condition for the workspace's rows in a table; None where no row is anybody's."""
    if table is WORKSPACE:
        return WORKSPACE.c.id == workspace_id
    for column in _ways_up(table):
        (key,) = column.foreign_keys
        parent = key.column.table
        theirs = rows_of(parent, workspace_id)
        if theirs is not None:
            return column.in_(select(key.column).where(theirs))
    return None


def belonging() -> list[Table]:
    """Every table with rows that belong to a workspace; those that refer to others come first."""
    return [each for each in reversed(metadata.sorted_tables) if rows_of(each, 0) is not None]


def _ways_up(table: Table) -> list[Column[Any]]:
    """Its foreign keys that are never empty, the shortest way to the workspace first."""
    found = [
        column
        for column in table.columns
        if column.foreign_keys and not column.nullable and _parent(column) is not table
    ]
    return sorted(found, key=lambda column: _parent(column) is not WORKSPACE)


def _parent(column: Column[Any]) -> Table:
    (key,) = column.foreign_keys
    return key.column.table
