"""A programme's report as a sheet: the same numbers as its pictures, every month of them."""

from collections.abc import Iterator, Mapping

from bot.domain.report import Cells
from bot.services.lists.sheets import write_sheet

HEADINGS = ("part", "what", "number")
NOT_SHOWN = "not_shown"
"""Fewer than five people, or a number that would give such a one away (see `suppressed`)."""

Words = Mapping[str, str]


def report_sheet(cells: Cells, words: Words) -> bytes:
    """A CSV file with a row for each number, hidden ones as NOT_SHOWN; bytes as by `write_sheet`.

    Parts: programme (its name and period), steps, sessions by month (2026-07), mentors by sessions
    held, days to session, feedback (the mean of its ratings, from 1 to 5), requests and sessions by
    department. `words` says each of them in the language of whoever reads the sheet.
    """
    rows = (
        (words[part], what, words[NOT_SHOWN] if cell is None else cell)
        for part, what, cell in _rows(cells, words)
    )
    return write_sheet([words[one] for one in HEADINGS], rows)


def _rows(cells: Cells, words: Words) -> Iterator[tuple[str, str, str | float | None]]:
    yield "programme", words["name"], cells.programme_name
    yield "programme", words["since"], cells.since_on.isoformat()
    yield "programme", words["until"], cells.until_on.isoformat()
    for name, cell in cells.steps:
        yield "steps", words[name], cell
    for month in cells.by_month:
        yield "by_month", f"{month.month_on:%Y-%m}", month.held
    for label, cell in zip(("0", "1", "2", words["or_more"]), cells.load, strict=True):
        yield "by_load", label, cell
    days = cells.days
    for name, cell in (
        ("lower", days.lower if days else None),
        ("median", days.middle if days else None),
        ("upper", days.upper if days else None),
    ):
        yield "days", words[name], cell
    yield "feedback", words["mean"], cells.rating
    for one in cells.departments:
        yield "asked_by_department", one.name or words["no_department"], one.asked
    for one in cells.departments:
        yield "held_by_department", one.name or words["no_department"], one.held
