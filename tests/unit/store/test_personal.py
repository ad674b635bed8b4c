"""Every table that may hold something about a person is known to export and to forget."""

from pathlib import Path

import pytest
from sqlalchemy import Table

from bot.ops.data_page import page
from bot.store.personal import Held, links_to_people, sealed_columns, table_of
from bot.store.personal_tables import PERSONAL
from bot.store.tables import metadata

BY_TABLE = {table_of(held.table).name: held for held in PERSONAL}
WHAT_TO_DO = """
{problem}

Somebody may ask for all that is held about them, and may ask to be forgotten, so every table with a
link to a person, or with a sealed column, is described in bot/store/personal_tables.py:
  1. add a Held for it (or its column to the Held there is): which rows are whose, in `links` every
     column that refers to a person, in `words` every sealed column with who wrote it and who was
     shown it, and what becomes of the row (Fate) with the reason;
  2. add a row for Ada to tests/support/everything.py, her words beginning with "ada:";
  3. python -m bot.ops.data_page > docs/data.md
"""


def told(problem: str) -> str:
    return WHAT_TO_DO.format(problem=problem)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_a_table_with_personal_data_is_known(table: Table) -> None:
    holds_something = links_to_people(table) or sealed_columns(table)
    if holds_something or table.name == "person":
        assert table.name in BY_TABLE, told(f"Nothing is said of the table {table.name!r}.")


@pytest.mark.parametrize("held", PERSONAL, ids=lambda held: table_of(held.table).name)
def test_every_link_and_every_sealed_column_is_known(held: Held) -> None:
    table = table_of(held.table)
    assert held.links == links_to_people(table), told(
        f"The links of {table.name!r} to people are {links_to_people(table)}."
    )
    known = {words.column for words in held.words}
    missing = set(sealed_columns(table)) - known
    assert not missing, told(f"Whose words are in {sorted(missing)} of {table.name!r}?")


@pytest.mark.parametrize("held", PERSONAL, ids=lambda held: table_of(held.table).name)
def test_what_is_said_of_a_table_is_true_of_it(held: Held) -> None:
    columns = set(table_of(held.table).columns.keys())
    assert {words.column for words in held.words} <= columns
    assert held.hides <= columns
    assert set(held.clears) <= columns
    assert set(held.unlinks) <= set(held.links)
    assert bool(held.hides) == bool(held.because)
    assert held.why.endswith(".")
    assert not held.because or held.because.endswith(".")


def test_each_table_is_there_once_and_has_a_heading_of_its_own() -> None:
    assert len(BY_TABLE) == len(PERSONAL)
    assert len({held.title for held in PERSONAL}) == len(PERSONAL)


def test_the_page_says_the_same() -> None:
    shipped = Path(__file__).resolve().parents[3] / "docs" / "data.md"
    assert shipped.read_text("utf-8") == page(), "python -m bot.ops.data_page > docs/data.md"
