"""What databases are told of the tables, beside what every process knows."""

import pytest
from sqlalchemy import Dialect, Index, make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.store.base import WHERE
from bot.store.schema import schema

PARTIAL = {
    str(index.name): index
    for table in schema().tables.values()
    for index in sorted(table.indexes, key=lambda index: str(index.name))
    if WHERE in index.info
}


def _dialect(name: str) -> Dialect:
    return make_url(f"{name}://").get_dialect()()


def test_the_races_that_an_index_decides_are_among_them() -> None:
    assert {"uq_offer_live", "uq_programme_open", "uq_relationship_live", "uq_tie_live"} < set(
        PARTIAL
    )


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
@pytest.mark.parametrize("index", PARTIAL.values(), ids=list(PARTIAL))
def test_an_index_over_some_rows_is_so_on_both_databases(index: Index, name: str) -> None:
    said = str(CreateIndex(index).compile(dialect=_dialect(name)))
    assert said.endswith(f" WHERE {index.info[WHERE]}")


def test_sqlite_gives_no_number_twice() -> None:
    person = schema().tables["person"]
    said = str(CreateTable(person).compile(dialect=_dialect("sqlite")))
    assert "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" in " ".join(said.split())
