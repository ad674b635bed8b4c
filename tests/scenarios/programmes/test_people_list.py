"""A programme's people as a file: read with a preview, taken over, and sent back."""

import csv
import io
from collections.abc import Sequence

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    DESIGN,
    LEADS,
    NOTICE,
    RUN,
    makes_programme,
    pairs_in,
    people,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

FILE = "Bring people in from a file"
TABLE = (
    ("E-Mail", "Role", "Topics offered", "Topics sought", "Department", "Shoe size"),
    ("max@example.com", "mentor", DESIGN, "", "Products", "43"),
    ("ned@example.com", "mentee", "", DESIGN, '=HYPERLINK("http://evil.example";"x")', "41"),
    ("noa@example.com", "mentee", "", "Juggling", "", ""),
    ("nobody@example.com", "mentee", "", DESIGN, "", ""),
    ("gus@example.com", "mentee", "", DESIGN, "", ""),
    ("robo@example.com", "mentor", DESIGN, "", "", ""),
    ("nat@example.com", "king", "", DESIGN, "", ""),
    ("max@example.com", "mentor", DESIGN, "", "", ""),
    ("nat@example.com", "", "", "", "", ""),
)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    strangers = (PersonSpec("gus", "Gus", guest=True), PersonSpec("robo", "Robo", is_bot=True))
    return (*LEADS, *people("max", "ned", "noa", "nat"), *strangers)


def _sheet(rows: Sequence[Sequence[str]] = TABLE, encoding: str = "utf-16") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode(encoding)


async def _sends(company: Company, data: bytes, name: str = "people.csv") -> None:
    lea = company["lea"]
    await lea.types("/mentoring people", CHANNEL)
    await lea.reads("Nothing changes before you have seen what would.", where="modal")
    await lea.uploads(FILE, (name, data))
    await lea.submits()
    await company.settle()
    assert lea.modal is None, lea.modal


async def test_a_list_is_shown_before_it_is_taken_over(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max", "ned")
    await _sends(company, _sheet())
    read = await lea.reads("Your list for Circle is read.", where="dm")
    for words in (
        "2 people are new.",
        "row 4: “Juggling” is no topic that is offered here.",
        "row 5: I find nobody called “nobody@example.com” here.",
        "is a guest, and guests cannot take part yet",
        "row 7: ",
        "row 8: “king” is no role.",
        "row 9: This person is in row 2 already.",
        "row 10: The role is missing",
        "Shoe size",
    ):
        assert words in read.text, words
    assert read.buttons == ("Take it over", "Throw it away")
    company["max"].never_reads("put you on the list")
    await lea.clicks("Take it over")
    await company.settle()
    await lea.reads("Your list for Circle is taken over.", where="dm")
    told = await company["max"].reads("@Lea Lang put you on the list of Circle", where="dm")
    assert f"You can help with {DESIGN}." in told.text
    assert "Leave" in told.buttons
    for handle in ("noa", "nat", "gus"):
        company[handle].never_reads("put you on the list")
    await company.until(RUN)
    assert pairs_in(company) == {("Ned", "Max")}
    await assert_all_said_once(company)


async def test_what_is_sent_out_can_come_back(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max", "ned")
    await _sends(company, _sheet())
    await lea.clicks("Take it over")
    await company.settle()
    await lea.types("/mentoring people", CHANNEL)
    await lea.clicks("Send me the list")
    await company.settle()
    await lea.closes()
    (title,) = (await lea.reads("The people of Circle", where="dm")).files
    data = lea.downloads(title)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert not any(cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row)
    await _sends(company, data)
    again = await lea.reads("There is nothing to take over.", where="dm")
    assert "2 stay as they are." in again.text
    assert "Take it over" not in again.buttons
    await lea.clicks("Throw it away")
    await company.settle()
    await lea.reads("is thrown away", where="dm")
    await assert_all_said_once(company)
    for conversation in company.workspace.conversations.values():
        conversation.messages = [each for each in conversation.messages if not each.files]
    with pytest.raises(AssertionError, match="never arrived"):
        await assert_all_said_once(company)


@sqlite_only
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_sheet([("Who", "What"), ("max", "mentor")]), "needs these headings as well"),
        (b"", ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "I read CSV files only"),
        (_sheet([TABLE[0]]), "There is no row in this sheet."),
    ],
)
async def test_what_cannot_be_read_is_said(company: Company, data: bytes, said: str) -> None:
    lea = company["lea"]
    await makes_programme(company, "max")
    await _sends(company, data)
    failed = await lea.reads("I cannot read your list for Circle, and nothing was changed.")
    assert said in failed.text
    assert failed.buttons == ("Send another list",)


@sqlite_only
async def test_thrown_away_changes_nothing_and_leaving_is_respected(company: Company) -> None:
    lea, max_ = company["lea"], company["max"]
    await makes_programme(company, "max", "ned")
    await _sends(company, _sheet())
    await lea.clicks("Throw it away")
    await company.settle()
    await _sends(company, _sheet())
    await lea.clicks("Take it over")
    await company.settle()
    await max_.clicks("Leave", in_message="put you on the list")
    await company.settle()
    await _sends(company, _sheet())
    read = await lea.reads("Your list for Circle is read.", where="dm")
    assert "This person left the programme." in read.text
    await company.until(NOTICE)
    max_.never_reads("You take part in the next round")
