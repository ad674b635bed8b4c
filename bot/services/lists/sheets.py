"""Sheets: reading the CSV that a lead sends, and writing the CSV that Lantern gives.

What Lantern writes can be opened in a spreadsheet without a cell of it being run as a formula, and
comes back from there as it was.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.domain.errors import RuleBroken
from bot.services.lists.sheets_text import CONTROLS, text_of

DELIMITERS = ",;\t|"
MOST_ROWS = 10_000

# OWASP, "CSV Injection". Spaces and apostrophes before the sign count as well: some programmes drop
# the first, and the second is our own mark, which has to be found again.
_DANGER = re.compile(r"[\s']*[=+\-@＝＋－＠]|[\s']*[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_SEP = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
_END = "\ufdd0end\ufdd0"  # no character of any text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet that is not empty.

    `number` is the one a spreadsheet shows beside it; `values` are by canonical column, for every
    column the sheet has, without spaces around, "" for an empty cell; `spare` are the filled cells
    beyond the last heading (a forgotten quotation mark, mostly).
    """

    number: int
    values: dict[str, str]
    spare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Its rows, the canonical columns it has, and the headings nothing was read from."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    unknown: tuple[str, ...]


def read_sheet(
    raw: bytes,
    *,
    columns: Mapping[str, Collection[str]],
    required: Collection[str],
    most_rows: int = MOST_ROWS,
) -> Sheet:
    """The rows of a CSV file whose first row has the headings.

    `columns` gives the headings accepted for each canonical one (which is accepted itself); case,
    spaces, hyphens and underscores make no difference. Of two columns for one thing the first is
    read. Encoding: see `text_of`; comma, semicolon, tab or bar, whichever shows more headings that
    are known. Rows may be shorter or longer than the headings; empty ones are passed over.

    Raises RuleBroken: "sheet_empty" (no row below the headings), "sheet_not_csv",
    "sheet_unreadable" (no text; or `row`, from which a quotation mark stays open),
    "sheet_columns_missing" (`columns`, a tuple of canonical names), "sheet_too_long" (`limit`).
    """
    text = text_of(raw)
    if not text.strip():
        raise RuleBroken("sheet_empty")
    known = {_plain(name): key for key, names in columns.items() for name in (*names, key)}
    records = _records(text, known)
    headings = next(records, (0, []))[1]
    if not headings:
        raise RuleBroken("sheet_empty")
    places, unknown = _places(headings, known)
    if missing := tuple(key for key in columns if key in required and key not in places):
        raise RuleBroken("sheet_columns_missing", columns=missing)
    rows = tuple(islice(_rows(records, places, len(headings)), most_rows + 1))
    if not rows:
        raise RuleBroken("sheet_empty")
    if len(rows) > most_rows:
        raise RuleBroken("sheet_too_long", limit=most_rows)
    return Sheet(rows, tuple(places), unknown)


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file: UTF-8 with a byte order mark, which Excel needs, commas and CRLF.

    None is an empty cell. A cell that a spreadsheet could take for a formula gets an apostrophe in
    front, which `read_sheet` takes off again; a plain number like -3 stays. Control characters are
    left out.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in chain([headings], rows):
        writer.writerow([_harmless("" if cell is None else str(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(cell: str) -> str:
    cell = CONTROLS.sub("", cell)
    bare = cell.rstrip()
    if _DANGER.match(bare) and not _NUMBER.fullmatch(bare.strip()):
        return f"'{cell}"
    return cell


def _as_meant(cell: str) -> str:
    """The cell without spaces around and without the apostrophe of `_harmless`."""
    cell = cell.strip()
    if cell.startswith("'") and _DANGER.match(cell[1:]):
        return cell[1:].strip()
    return cell


def _plain(heading: str) -> str:
    return re.sub(r"[\s_-]+", "", _as_meant(heading)).casefold()


def _records(text: str, known: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of every row that is not blank, the headings first."""
    if announced := _SEP.match(text):  # Excel's own way to say it; not a row to its eyes
        delimiter, text = announced[1], text[announced.end() :]
    else:
        delimiter = _delimiter(text, known)
    lines = chain(io.StringIO(text, newline=""), ["\n", _END])
    number, opened = 0, 1
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            if cells == [_END]:
                return
            opened = number
            if any(cell.strip() for cell in cells):
                if _END in cells[-1]:
                    break
                yield number, cells
    except csv.Error:  # one cell of more than 131,072 characters
        opened = number + 1
    raise RuleBroken("sheet_unreadable", row=opened)


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter under which most headings are known, or else the most frequent."""

    def fits(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(text.lstrip("\r\n"), newline="")
        try:
            cells = next(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return sum(_plain(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=fits)


def _places(
    headings: Sequence[str], known: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each canonical column stands, and the headings that are none or were there before."""
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        key = known.get(_plain(heading))
        if key is not None and key not in places:
            places[key] = place
        elif heading.strip():
            unknown.append(_as_meant(heading))
    return places, tuple(unknown)


def _rows(
    records: Iterable[tuple[int, list[str]]], places: Mapping[str, int], width: int
) -> Iterator[Row]:
    for number, cells in records:
        values = {
            key: _as_meant(cells[place]) if place < len(cells) else ""
            for key, place in places.items()
        }
        yield Row(number, values, tuple(_as_meant(cell) for cell in cells[width:] if cell.strip()))
