"""The text of somebody's CSV, whatever programme saved it: from bytes to characters."""

import re

from bot.domain.errors import RuleBroken

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that mean nothing in a sheet: all controls but tab and line ends."""

BOMS = (  # the longer ones first: UTF-32 LE begins like UTF-16 LE
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
NOT_CSV = (
    b"PK\x03\x04",  # XLSX, ODS, ZIP
    b"\xd0\xcf\x11\xe0",  # XLS
    b"%PDF",
    b"{\\rtf",
    b"\x1f\x8b",  # gzip
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",  # JPEG
    b"<!doctype",  # web pages are often called .xls
    b"<html",
    b"<?xml",
)
OFFICE_ENCODINGS = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp932", "cp949", "gb18030", "big5"),
]
"""What spreadsheets call ANSI, by country."""

ENOUGH = 32_000  # bytes to guess from
MOST_CONTROLS = 0.02  # of all characters; a stray one happens, more are no text
TYPOGRAPHY = frozenset("“”‘’„‚–—…€·•«»°§©®&\xa0")


def text_of(raw: bytes) -> str:
    """The text of a CSV file, without a byte order mark and without NULs and other controls.

    UTF-8, UTF-16 and UTF-32 are read with and (but for the last) without their mark; all else is
    guessed to be one of the encodings of office programmes, Windows-1252 before others. Raises
    RuleBroken "sheet_not_csv" for a file of a well-known other kind, "sheet_unreadable" for what is
    no text in any of these.
    """
    if raw.lstrip()[:10].lower().startswith(tuple(start.lower() for start in NOT_CSV)):
        raise RuleBroken("sheet_not_csv")
    try:
        text = _decoded(raw)
    except UnicodeDecodeError:
        raise RuleBroken("sheet_unreadable") from None
    cleaned, dropped = CONTROLS.subn("", text)
    if dropped > 3 + MOST_CONTROLS * len(text):
        raise RuleBroken("sheet_unreadable")
    return cleaned


def _decoded(raw: bytes) -> str:
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding)
    if encoding := _unmarked_utf16(raw):
        return raw.decode(encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_office_encoding(raw))


def _unmarked_utf16(raw: bytes) -> str:
    """UTF-16 shows in the headings: every other byte of plain letters is NUL."""
    start = raw[:400]
    half = len(start) // 2
    first, second = start[0::2].count(0), start[1::2].count(0)
    if len(raw) % 2 or max(first, second) < half * 0.4:
        return ""
    if min(first, second) > half * 0.1:
        raise RuleBroken("sheet_unreadable")
    return "utf-16-le" if second > first else "utf-16-be"


def _office_encoding(raw: bytes) -> str:
    """The likeliest encoding of text that is not Unicode, judged by its lines that show it."""
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    telling = b"\n".join(line for line in raw.splitlines() if not line.isascii())[:ENOUGH]
    matches = from_bytes(telling, cp_isolation=OFFICE_ENCODINGS)
    best = matches.best()
    if best is None:
        return "cp1252"
    western = next((match for match in matches if match.encoding == "cp1252"), best)
    # Western and Central European letters look equally well in each other's place, so that the
    # first of the alphabet would win; what speaks against Western is a sign amid the letters.
    is_natural = all(
        letter.isalpha() or letter in TYPOGRAPHY for letter in str(western) if letter > "\x7f"
    )
    return western.encoding if is_natural and western.coherence >= best.coherence else best.encoding
