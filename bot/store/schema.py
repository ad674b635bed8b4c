"""The tables as a database has to be told of them, for whoever makes or compares tables.

SQLAlchemy loads a dialect as soon as an option of it is named, and a process runs on one of ours:
so the tables that it works with name none.
"""

from typing import Final

from sqlalchemy import Index, MetaData, text

from bot.store.base import WHERE
from bot.store.tables import metadata

_DIALECTS: Final = ("sqlite", "postgresql")


def schema() -> MetaData:
    """All tables, with what each of our databases is told besides."""
    for table in metadata.tables.values():
        # An id names a row for ever, in the buttons and in the metadata of messages: SQLite would
        # give the number of a deleted row to the next one, PostgreSQL does not either.
        if table.autoincrement_column is not None:
            table.dialect_options["sqlite"]["autoincrement"] = True
        for index in table.indexes:
            _limit(index)
    return metadata


def _limit(index: Index) -> None:
    if (where := index.info.get(WHERE)) is not None:
        for dialect in _DIALECTS:
            index.dialect_options[dialect]["where"] = text(where)
