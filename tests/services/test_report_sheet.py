"""The report as a sheet."""

from datetime import date

from bot.domain.report import Count, Department, Month, Report, suppressed
from bot.services.lists.report_sheet import report_sheet
from bot.services.lists.sheets import read_sheet
from bot.slack.sheet_words import report_words

REPORT = Report(
    "=Flash",
    date(2026, 1, 1),
    date(2026, 2, 28),
    asked=Count(9, 9),
    held=Count(8, 6),
    by_month=(Month(date(2026, 1, 1), Count(6, 5)), Month(date(2026, 2, 1), Count(2, 2))),
    load=(0, 1, 2, 3) * 6,
    days_to_session=(0, 0, 1, 4, 5, 6, 6, 7),
    departments=(
        Department("Design", Count(5, 5), Count(4, 4)),
        Department("", Count(4, 4), Count(4, 4)),
    ),
    ratings=(3, 4, 4, 5, 5, 5),
    raters=5,
)


def test_every_number_is_in_it_once_and_the_hidden_say_so() -> None:
    raw = report_sheet(suppressed(REPORT), report_words(str))
    columns = {"part": (), "what": (), "number": ()}
    found = [
        tuple(row.values.values())
        for row in read_sheet(raw, columns=columns, required=columns).rows
    ]
    assert found == [
        ("programme", "name", "=Flash"),
        ("programme", "since", "2026-01-01"),
        ("programme", "until", "2026-02-28"),
        ("steps", "asked", "9"),
        ("steps", "matched", "not shown"),
        ("steps", "prepared", "not shown"),
        ("steps", "held", "8"),
        ("steps", "thanked", "not shown"),
        ("steps", "continued", "not shown"),
        ("sessions by month", "2026-01", "not shown"),
        ("sessions by month", "2026-02", "not shown"),
        ("mentors by sessions held", "0", "6"),
        ("mentors by sessions held", "1", "6"),
        ("mentors by sessions held", "2", "6"),
        ("mentors by sessions held", "3 or more", "6"),
        ("days to session", "lower quartile", "1"),
        ("days to session", "median", "4"),
        ("days to session", "upper quartile", "6"),
        ("feedback", "mean", "4.3"),
        ("requests by department", "Design", "not shown"),
        ("requests by department", "none given", "not shown"),
        ("sessions by department", "Design", "not shown"),
        ("sessions by department", "none given", "not shown"),
    ]


def test_a_name_is_no_formula_and_the_bytes_are_stable() -> None:
    raw = report_sheet(suppressed(REPORT), report_words(str))
    assert b"name,'=Flash\r\n" in raw
    assert raw == report_sheet(suppressed(REPORT), report_words(str))
