"""The bars of the pictures: each with its label and its number right beside it."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain.report import MonthCell, Spread
from bot.slack.charts.canvas import MARGIN, SOFT, WIDTH, Align, Canvas

ROW: Final = 32
"""From one level bar to the next."""

PLOT: Final = 120
"""Height of the tallest upright bar."""

BAR = 20
LABELS, NUMBERS = 104, 56  # room left and right of level bars
STUB = 40  # length of a hatched bar: a fixed one, for it says nothing about the number


def level_bars(
    canvas: Canvas, top: float, rows: Sequence[tuple[str, int | None]], hidden: str
) -> None:
    """A row for each number: label, bar, number."""
    most = max(1, *(cell or 0 for _, cell in rows))
    room = WIDTH - 2 * MARGIN - LABELS - NUMBERS
    left = MARGIN + LABELS
    for place, (label, cell) in enumerate(rows):
        y = top + ROW * place
        canvas.text(MARGIN, y + BAR / 2, label)
        if cell is None:
            canvas.hatched(left, y, STUB, BAR)
            canvas.text(left + STUB + 8, y + BAR / 2, hidden, size=12, colour=SOFT)
        else:
            length = max(2.0, room * cell / most)
            canvas.bar(left, y, length, BAR)
            canvas.text(left + length + 8, y + BAR / 2, str(cell), is_bold=True)


def upright_bars(
    canvas: Canvas,
    top: float,
    months: Sequence[MonthCell],
    words: Callable[[MonthCell, bool], tuple[str, str]],
) -> None:
    """A column for each month: number, bar, month, and the year where it begins."""
    most = max(1, *(month.held or 0 for month in months))
    slot = min(60.0, (WIDTH - 2 * MARGIN) / len(months))
    width, floor, left = slot * 0.68, top + PLOT, (WIDTH - slot * len(months)) / 2
    size = _fitting(str(most), slot, 12)
    canvas.line(MARGIN, floor, WIDTH - 2 * MARGIN)
    for place, month in enumerate(months):
        middle = left + slot * (place + 0.5)
        if month.held is None:
            canvas.hatched(middle - width / 2, floor - STUB, width, STUB)
        else:
            height = max(2.0, PLOT * month.held / most)
            canvas.bar(middle - width / 2, floor - height, width, height)
            canvas.text(
                middle,
                floor - height - 10,
                str(month.held),
                size=size,
                is_bold=True,
                align="center",
            )
        name, year = words(month, place == 0 or month.month_on.month == 1)
        canvas.text(middle, floor + 13, name, size=_fitting(name, slot, 11), align="center")
        canvas.text(middle, floor + 29, year, size=11, colour=SOFT, align="center")


def _fitting(words: str, room: float, most: float) -> float:
    """The size at which words do not touch their neighbours', at most `most`."""
    return min(most, (room - 2) / (0.7 * len(words)))


def range_bar(canvas: Canvas, y: float, days: Spread, median: str) -> None:
    """The middle half as a bar on a line from day 0, with a dot at the median."""
    room = WIDTH - 2 * MARGIN
    scale = (room - 24) / max(1, days.upper)
    lower, middle, upper = (
        MARGIN + 8 + scale * day for day in (days.lower, days.middle, days.upper)
    )
    canvas.line(MARGIN, y, room)
    canvas.bar(lower, y - 6, max(2.0, upper - lower), 12)
    canvas.dot(middle, y)
    align: Align = "right" if middle > WIDTH * 0.7 else "left" if middle < WIDTH * 0.2 else "center"
    at = min(max(middle, MARGIN), WIDTH - MARGIN)
    canvas.text(at, y - 20, f"{median} {days.middle}", size=12, is_bold=True, align=align)
    if days.lower != days.upper:
        canvas.text(lower, y + 20, str(days.lower), size=12, align="center")
    canvas.text(upper, y + 20, str(days.upper), size=12, align="center")
