"""What the database says at the end, in plain SQL: none of Lantern's own code is asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]
TABLES = (
    "job",
    "person",
    "programme",
    "enrolment",
    "request",
    "offer",
    "referral",
    "session",
    "round",
    "round_pair",
    "answer",
    "agenda",
    "thank_you",
    "feedback",
    "go_on",
    "action_item",
)


@dataclass(slots=True)
class Facts:
    """The rows of each table by their id, as the database has them."""

    now: datetime
    tables: dict[str, dict[int, Row]] = field(default_factory=dict)
    _by: dict[tuple[str, ...], dict[tuple[Any, ...], list[Row]]] = field(default_factory=dict)

    def __getitem__(self, table: str) -> dict[int, Row]:
        return self.tables.setdefault(table, {})

    def by(self, table: str, *columns: str) -> dict[tuple[Any, ...], list[Row]]:
        """Its rows by the values of these columns, which are looked up once."""
        if (table, *columns) not in self._by:
            found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
            for row in self[table].values():
                found[tuple(row[column] for column in columns)].append(row)
            self._by[table, *columns] = found
        return self._by[table, *columns]


def load(url: str, now: datetime, tables: Iterable[str] = TABLES) -> Facts:
    """Read them; `now` is the simulated time of the end."""
    facts = Facts(now)
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # of one moment
        connection.execute("SET TIME ZONE 'UTC'")
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"'.encode()).fetchall()
            facts.tables[table] = {row["id"]: row for row in rows}
    return facts


def held(facts: Facts) -> Counter[str]:
    """What took place: talks of two and of three, and rounds of groups."""
    talks = [row for row in facts["session"].values() if row["state"] in ("held", "closed")]
    trios = sum(row["third_id"] is not None for row in talks)
    groups = {row["round_id"] for row in facts["job"].values() if row["kind"] == "rota_after"}
    return Counter(talks=len(talks) - trios, trios=trios, groups=len(groups))
