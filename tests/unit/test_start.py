"""What starting does without: an idle process holds only what it needs."""

import subprocess
import sys

import pytest

LATER = (
    "alembic",  # a database that is not up to date
    "babel",  # a date, a language, somebody who does not read English
    "charset_normalizer",  # a list of people
    "cryptography",  # a sealed text
    "dateparser",  # a time in words
    "holidays",  # a programme's country
    "icalendar",  # a time that is agreed on
    "matplotlib",  # a report
    "networkx",  # a round
    "numpy",
    "ortools",
    "psycopg",  # PostgreSQL
    "rich",  # the demo
    "sqlalchemy.dialects.postgresql",
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a process that has read everything `run` begins with, and no more."""
    code = "import sys, bot.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", LATER)
def test_what_is_needed_later_is_loaded_later(loaded: set[str], name: str) -> None:
    assert name not in loaded


def test_what_runs_is_loaded(loaded: set[str]) -> None:
    assert {"bot.app", "slack_bolt", "sqlmodel", "jinja2"} <= loaded
