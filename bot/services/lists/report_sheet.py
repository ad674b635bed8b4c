"""A programme's report as a sheet: the same numbers as its pictures, every month of them."""

from collections.abc import Iterator

from bot.domain.report import Cells
from bot.services.lists.sheets import write_sheet

HEADINGS = ("part", "what", "number")
NOT_SHOWN = "not shown"
"""Fewer than five people, or a number that would give such a one away (see `suppressed`)."""

LOADS = ("0", "1", "2", "3 or more")


def report_sheet(cells: Cells) -> bytes:
    """A CSV file with a row for each number, hidden ones as NOT_SHOWN; bytes as by `write_sheet`.

    Parts: programme (its name and period), steps, sessions by month (2026-07), mentors by sessions
    held, days to session, feedback (the mean of its ratings, from 1 to 5), requests and sessions by
    department.
    """
    rows = ((part, what, NOT_SHOWN if cell is None else cell) for part, what, cell in _rows(cells))
    return write_sheet(HEADINGS, rows)


def _rows(cells: Cells) -> Iterator[tuple[str, str, str | float | None]]:
    yield "programme", "name", cells.programme_name
    yield "programme", "since", cells.since_on.isoformat()
    yield "programme", "until", cells.until_on.isoformat()
    for name, cell in cells.steps:
        yield "steps", name, cell
    for month in cells.by_month:
        yield "sessions by month", f"{month.month_on:%Y-%m}", month.held
    for label, cell in zip(LOADS, cells.load, strict=True):
        yield "mentors by sessions held", label, cell
    days = cells.days
    for name, cell in (
        ("lower quartile", days.lower if days else None),
        ("median", days.middle if days else None),
        ("upper quartile", days.upper if days else None),
    ):
        yield "days to session", name, cell
    yield "feedback", "mean", cells.rating
    for one in cells.departments:
        yield "requests by department", one.name or "none given", one.asked
    for one in cells.departments:
        yield "sessions by department", one.name or "none given", one.held
