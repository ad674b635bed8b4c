"""A PostgreSQL database of a test: read whole, and put back as it was."""

from collections import Counter
from typing import LiteralString

import psycopg
from psycopg import sql

UNSEEN = "revision"
"""A column that nobody sees: how often a message was put right."""


class Tables:
    """Every row, by table, for comparing; `restore` puts them back as they were at `keep`."""

    def __init__(self, url: str) -> None:
        self._live = psycopg.connect(url, autocommit=True)
        self._columns = {
            table: sql.SQL(", ").join(map(sql.Identifier, columns))
            for table, columns in self._live.execute(_COLUMNS, {"unseen": UNSEEN})
        }
        self.keep()

    def close(self) -> None:
        self._live.close()

    def keep(self) -> None:
        """Remember everything as it is now."""
        self._kept = self._now()

    def restore(self) -> None:
        """Everything as it was when it was kept. Foreign keys sleep meanwhile."""
        now = self._now()
        other = {name: data for name, data in self._kept.items() if now[name] != data}
        with self._live.transaction(), self._live.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, data in other.items():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                filled = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
                with cursor.copy(filled) as copy:
                    copy.write(data)

    def rows(self) -> Counter[str]:
        """Every row as text, with its table before it; without receipts."""
        return Counter(
            f"{name}\t{row}"
            for name, columns in self._columns.items()
            if name != "receipt"
            for row in self._copied(_SELECT.format(columns, sql.Identifier(name))).splitlines()
        )

    def counts(self) -> Counter[str]:
        """How many rows each table has, and how many jobs of each kind, with their notes."""
        found = {name: data.count(b"\n") for name, data in self._now().items()}
        jobs = self._copied(sql.SQL("SELECT kind, state, note, recipient_id FROM job"))
        return Counter(found) + Counter(f"job {job}" for job in jobs.splitlines())

    def notes(self) -> Counter[str]:
        """The sentences that are to be said in a DM."""
        said = self._copied(sql.SQL("SELECT note FROM job WHERE kind = 'plain_answer'"))
        return Counter(said.splitlines())

    def _now(self) -> dict[str, bytes]:
        return {name: self._whole(name) for name in self._columns}

    def _whole(self, name: str) -> bytes:
        return self._copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name)))

    def _copied(self, query: sql.Composable) -> str:
        return self._copy(sql.SQL("COPY ({}) TO STDOUT").format(query)).decode()

    def _copy(self, statement: sql.Composed) -> bytes:
        with self._live.cursor() as cursor, cursor.copy(statement) as copy:
            return b"".join(bytes(part) for part in copy)


_SELECT = sql.SQL("SELECT {} FROM {}")
_COLUMNS: LiteralString = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attname <> %(unseen)s)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
    AND c.relname <> 'alembic_version' GROUP BY c.relname ORDER BY c.relname
"""
