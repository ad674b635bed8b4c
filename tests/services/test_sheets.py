"""Sheets from every kind of office, sheets that are none, and the way there and back."""

import csv
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.services.lists.sheets import Sheet, read_sheet, write_sheet
from bot.services.lists.sheets_text import CONTROLS

COLUMNS = {
    "email": ("E-mail", "Mail address"),
    "role": ("Role",),
    "topics": ("Topics", "Areas", "Themen"),
}
PLAIN = "Email,Role,Topics\nanna@x.org,mentor,Führung\nbo@x.org,mentee,José’s café\n"


def read(raw: bytes | str, most_rows: int = 10_000) -> Sheet:
    data = raw.encode() if isinstance(raw, str) else raw
    return read_sheet(data, columns=COLUMNS, required=("email",), most_rows=most_rows)


def values(raw: bytes | str) -> list[tuple[str, ...]]:
    return [tuple(row.values.values()) for row in read(raw).rows]


def refused(raw: bytes | str, most_rows: int = 10_000) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        read(raw, most_rows)
    return caught.value


KEYS = (
    *(None, "sheet_empty", "sheet_unreadable", "sheet_not_csv"),
    *("sheet_columns_missing", "sheet_too_long"),
)


def why_not(raw: bytes) -> str | None:
    try:
        read(raw)
    except RuleBroken as broken:
        return broken.key
    return None


EXPECTED = [("anna@x.org", "mentor", "Führung"), ("bo@x.org", "mentee", "José’s café")]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(encoding: str, delimiter: str, newline: str) -> None:
    text = PLAIN.replace(",", delimiter).replace("\n", newline)
    assert values(text.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert values(mark + PLAIN.encode(encoding)) == EXPECTED


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Åsa Nuño Gonçalves, Groß"),
        ("cp1250", "Łukasz Wałęsa, zarządzanie zespołem"),
        ("cp1251", "Иван Петров, управление проектами"),
        ("cp1253", "Γιώργος, διοίκηση έργου"),
        ("cp932", "田中太郎、プロジェクト管理"),
        ("gb18030", "王小明，项目管理和团队建设"),
    ],
)
def test_old_encodings_of_other_countries(encoding: str, name: str) -> None:
    assert values(f"Email;Role;Topics\na@x.org;;{name}\n".encode(encoding)) == [
        ("a@x.org", "", name)
    ]


def test_headings_in_any_case_and_spacing() -> None:
    sheet = read("  E MAIL ,THEMEN,mail_address,,Shoe size\na@x.org,Go,b@x.org,,43\n")
    assert sheet.rows[0].values == {"email": "a@x.org", "topics": "Go"}
    assert sheet.columns == ("email", "topics")
    assert sheet.unknown == ("mail_address", "Shoe size")


def test_the_delimiter_is_the_one_that_shows_known_headings() -> None:
    assert values("Email;Name, title, room, floor\na@x.org;Anna\n") == [("a@x.org",)]
    assert values("sep=|\r\nEmail|Topics\r\na@x.org|Go; Rust\r\n") == [("a@x.org", "Go; Rust")]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    text = '\nEmail,Topics\n\na@x.org,"one\ntwo, ""three"""\n,\n ; \nb@x.org,x\n'
    rows = read(text).rows
    assert [(row.number, row.values.get("topics")) for row in rows] == [
        (4, 'one\ntwo, "three"'),
        (6, ""),
        (7, "x"),
    ]


def test_short_and_long_rows() -> None:
    rows = read("Email,Role,Topics\na@x.org\nb@x.org,mentor,Go,Rust,\n").rows
    assert rows[0].values == {"email": "a@x.org", "role": "", "topics": ""}
    assert rows[0].spare == ()
    assert rows[1].spare == ("Rust",)


def test_stray_nuls_are_left_out() -> None:
    assert values("Email,Topics\na@x\0.org,Go\n\x1a") == [("a@x.org", "Go")]


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [workbook(), b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\n<HTML><table>", b"{\\rtf1 hello}"],
)
def test_files_of_another_kind(raw: bytes) -> None:
    assert refused(raw).key == "sheet_not_csv"


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b",,\n,,", b"Email,Role\n,\n"])
def test_empty_sheets(raw: bytes) -> None:
    assert refused(raw).key == "sheet_empty"


@pytest.mark.parametrize("raw", [bytes(range(256)) * 4, b"\xff\xfeE\x00\x01", b"\0" * 500])
def test_what_is_no_text(raw: bytes) -> None:
    assert refused(raw).key == "sheet_unreadable"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert why_not(raw) in KEYS
    assert why_not(b"Email,Role\n" + raw) in KEYS


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_is_read_or_refused(text: str, encoding: str) -> None:
    raw = f"Email,Role\n{text}".encode(encoding, errors="replace")
    assert why_not(raw) in (None, "sheet_empty", "sheet_unreadable")


def test_an_open_quotation_mark_names_its_row() -> None:
    broken = refused('Email,Role\na@x.org,mentor\nb@x.org,"mentor\nc@x.org,mentee\n')
    assert (broken.key, broken.facts) == ("sheet_unreadable", {"row": 3})
    endless = refused('Email,Role\na@x.org,"' + "x" * 200_000 + '"\n')
    assert (endless.key, endless.facts) == ("sheet_unreadable", {"row": 2})


def test_missing_columns_are_named() -> None:
    with pytest.raises(RuleBroken) as caught:
        read_sheet(b"Name\nAnna\n", columns=COLUMNS, required=("topics", "email"))
    assert caught.value.key == "sheet_columns_missing"
    assert caught.value.facts == {"columns": ("email", "topics")}


def test_a_sheet_may_be_as_long_as_agreed_and_empty_rows_do_not_count() -> None:
    rows = "a@x.org,mentor\n" * 3 + ",\n" * 5
    assert len(read(f"Email,Role\n{rows}", most_rows=3).rows) == 3
    broken = refused(f"Email,Role\n{rows}", most_rows=2)
    assert (broken.key, broken.facts) == ("sheet_too_long", {"limit": 2})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_ten_times_the_rows_take_about_ten_times_as_long(encoding: str) -> None:
    """A hundred times, if every row looked at all the others; against itself, for any machine."""
    row = 'person.of.some.length@example.org;mentor;"Führung; Terraform; Öffentlich sprechen"\n'

    def took(rows: int) -> float:
        raw = ("Email;Role;Topics\n" + row * rows).encode(encoding)
        began = time.process_time()
        assert len(read(raw).rows) == rows
        return time.process_time() - began

    assert min(took(10_000) for _ in range(2)) < 40 * min(took(1_000) for _ in range(5))


cells = st.text(max_size=12) | st.text("'=+-@\t\r\n ;,\"1.x＝", max_size=6)


def meant(cell: str) -> str:
    """What a cell comes back as: without controls and the spaces around."""
    return CONTROLS.sub("", cell).strip()


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_there_and_back(rows: list[tuple[str, str]]) -> None:
    raw = write_sheet(["Email", "Role"], rows)
    kept = [row for row in rows if any(map(meant, row))]
    if not kept:
        assert refused(raw).key == "sheet_empty"
        return
    assert values(raw) == [(meant(email), meant(role)) for email, role in kept]


@given(cells)
def test_no_cell_is_run(cell: str) -> None:
    text = write_sheet(["Email"], [[cell]]).decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(text, newline="")))[1][0]
    bare = written.strip()
    if bare and not bare.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        assert bare[0] not in "=+-@＝＋－＠"
        assert not written.rstrip().startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("'=x", "''=x"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-3", "-3"),
        (-3, "-3"),
        ("+2.5", "+2.5"),
        ("'tis", "'tis"),
        (None, ""),
        ("half-way", "half-way"),
    ],
)
def test_the_apostrophe(cell: object, written: str) -> None:
    raw = write_sheet(["Email", "Role"], [["a", cell]])
    assert raw == b"\xef\xbb\xbfEmail,Role\r\na," + written.encode() + b"\r\n"
