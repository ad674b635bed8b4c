"""The pictures of a programme's report, each with its words for those who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final

from babel.dates import format_date, format_skeleton

from bot.domain.report import FEWEST, Cells, MonthCell, Spread
from bot.slack.charts.bars import PLOT, ROW, level_bars, range_bar, upright_bars
from bot.slack.charts.canvas import MARGIN, Canvas, note_lines

ALT_MOST: Final = 1000
"""Slack: characters of a file's alternative text."""

MONTHS_MOST: Final = 12  # more do not fit on a phone; the sheet has them all


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to upload: file name, title, a full summary in words, and the PNG itself."""

    name: str
    title: str
    alt: str
    png: bytes


def draw(
    cells: Cells, *, translations: NullTranslations | None = None, locale: str = "en_GB"
) -> tuple[Picture, ...]:
    """At most three pictures: the steps, sessions by month, load and days; one if all is empty.

    A picture of which no number may be shown is left out. Takes some tenths of a second of a
    processor (the first time some seconds): call it in a thread. `locale` is Babel's, for dates.
    """
    one = _Drawing(cells, translations or NullTranslations(), locale)
    if cells.is_empty:
        return (one.nothing(),)
    pictures = (one.steps(), one.months(), one.load())
    return tuple(picture for picture in pictures if picture is not None)


class _Drawing:
    """One report, drawn in one language."""

    def __init__(self, cells: Cells, translations: NullTranslations, locale: str) -> None:
        self._cells = cells
        self._ = translations.gettext
        self.ngettext = translations.ngettext
        self._locale = locale

    def nothing(self) -> Picture:
        """What there is to see while five people have not met yet."""
        _ = self._
        title = _("Nothing to show yet")
        words = _(
            "Numbers appear here once %(fewest)s people stand behind them. With fewer, they would "
            "say too much about each."
        ) % {"fewest": FEWEST}
        canvas = Canvas(92 + 16 * len(note_lines(words)))
        canvas.heading(title, self._period)
        canvas.note(84, words)
        return self._picture("report.png", title, words, canvas)

    def steps(self) -> Picture | None:
        """From asked to going on."""
        _ = self._
        labels = {
            "asked": _("Asked"),
            "matched": _("Matched"),
            "prepared": _("Prepared"),
            "held": _("Held"),
            "thanked": _("Thanked"),
            "continued": _("Going on"),
        }
        rows = [(labels[name], cell) for name, cell in self._cells.steps]
        if all(cell is None for _label, cell in rows):
            return None
        title = _("From asking to going on")
        canvas = Canvas(84 + ROW * len(rows))
        canvas.heading(title, self._period)
        hidden = _("fewer than %(fewest)s people") % {"fewest": FEWEST}
        level_bars(canvas, 76, rows, hidden)
        return self._picture("steps.png", title, _listed(rows, hidden), canvas)

    def months(self) -> Picture | None:
        """Sessions held, month by month."""
        _ = self._
        months = self._cells.by_month[-MONTHS_MOST:]
        if all(month.held is None for month in months):
            return None
        title = _("Sessions held each month")
        below = self._period
        if len(months) < len(self._cells.by_month):
            below = _("The last %(count)s months") % {"count": len(months)}
        note = self._note if any(month.held is None for month in months) else ""
        lines = len(note_lines(note))
        canvas = Canvas(156 + PLOT + (8 + 16 * lines if lines else 0))
        canvas.heading(title, below)
        upright_bars(canvas, 100, months, self._month_words)
        canvas.note(100 + PLOT + 58, note)
        rows = [(" ".join(self._month_words(month, True)), month.held) for month in months]
        return self._picture("months.png", title, f"{_listed(rows, self._hidden)} {note}", canvas)

    def load(self) -> Picture | None:
        """How many sessions the mentors held, and how soon a session came about."""
        _ = self._
        days, load = self._cells.days, self._cells.load
        has_load = any(cell is not None for cell in load)
        if days is None and not has_load:
            return None
        labels = [_("None"), _("1 session"), _("2 sessions"), _("3 or more")]
        rows = list(zip(labels, load, strict=True)) if has_load else []
        note = self._note if has_load and None in load else ""
        below_rows = 76 + ROW * len(rows) + 16 * len(note_lines(note)) if has_load else 0
        canvas = Canvas(below_rows + (152 if days else 8))
        title, words = _("Sessions held by each mentor"), ""
        if has_load:
            canvas.heading(title, _("Number of mentors"))
            level_bars(canvas, 76, rows, self._hidden)
            canvas.note(84 + ROW * len(rows), note)
            words = f"{_('Number of mentors')}: {_listed(rows, self._hidden)} {note}"
        if days is not None:
            days_title = _("Days from asking to the talk")
            below = self._middle_half(days)
            canvas.heading(days_title, below, below_rows + MARGIN)
            range_bar(canvas, below_rows + 104, days, _("median"))
            words += f" {days_title}: {_('median')} {days.middle}. {below}"
            title = title if has_load else days_title
        return self._picture("load.png", title, words, canvas)

    def _middle_half(self, days: Spread) -> str:
        if days.lower < days.upper:
            words = self._("Half of them took %(lower)s to %(upper)s days.")
        else:
            words = self.ngettext(
                "Half of them or more took %(upper)s day.",
                "Half of them or more took %(upper)s days.",
                days.upper,
            )
        return words % {"lower": days.lower, "upper": days.upper}

    @property
    def _hidden(self) -> str:
        return self._("not shown")

    @property
    def _note(self) -> str:
        """Why numbers of a group are missing; which of the two it is must not be told."""
        _ = self._
        return _(
            "Hatched: fewer than %(fewest)s people, or hidden so that such a number cannot be "
            "worked out."
        ) % {"fewest": FEWEST}

    @property
    def _period(self) -> str:
        since, until = (
            format_date(day, "medium", locale=self._locale)
            for day in (self._cells.since_on, self._cells.until_on)
        )
        return f"{since} – {until}"

    def _month_words(self, month: MonthCell, with_year: bool) -> tuple[str, str]:
        """The short name of a month, and its year."""
        name = format_skeleton("MMM", month.month_on, locale=self._locale)
        return name, str(month.month_on.year) if with_year else ""

    def _picture(self, name: str, title: str, words: str, canvas: Canvas) -> Picture:
        programme = self._cells.programme_name[:80]
        alt = " ".join(f"{title} ({programme}, {self._period}). {words}".split())
        return Picture(name, title, alt[:ALT_MOST], canvas.png())


def _listed(rows: Sequence[tuple[str, int | None]], hidden: str) -> str:
    return "; ".join(f"{label}: {hidden if cell is None else cell}" for label, cell in rows) + "."
