"""A programme in numbers: nothing about fewer than five people, and pictures for the rest."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    LEADS,
    RUN,
    makes_programme,
    mentees,
    mentors,
    pairs_in,
    people,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

MENTORS = ("ma", "mb", "mc", "md", "me", "mf")
MENTEES = ("na", "nb", "nc", "nd", "ne", "nf")
TIME = "Friday 14:00"
MET = RUN + timedelta(days=1, hours=4)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people(*MENTORS, *MENTEES))


async def _round(company: Company, count: int) -> None:
    """A round of that many pairs, of which every one met on the day."""
    await makes_programme(
        company,
        *MENTORS,
        *MENTEES,
        Who_lets_a_round_go_out="The plan goes out by itself",
    )
    await mentors(company, MENTORS[:count])
    await mentees(company, MENTEES[:count])
    await company.until(RUN)
    for mentee, _ in sorted(pairs_in(company)):
        await company[mentee.lower()].clicks("Set a time")
        await company[mentee.lower()].fills({"Or type it": TIME}, submit=True)
    await company.until(MET + timedelta(minutes=45))
    for pair in sorted(pairs_in(company)):
        for one in pair:
            await company[one.lower()].clicks("Yes", in_message="take place?")
    await company.until(RUN + timedelta(days=5))  # a report is of whole months, and it is December


@sqlite_only
async def test_of_few_people_nothing_is_shown(company: Company) -> None:
    await _round(company, 2)
    await company["lea"].types("/mentoring report", CHANNEL)
    await company.settle()
    shown = await company["lea"].reads("There is nothing to show yet", where="dm")
    assert shown.buttons == ()
    assert "2" not in shown.text.replace("2026", "").split("There is")[1]


async def test_of_enough_people_numbers_pictures_and_a_file(company: Company) -> None:
    lea = company["lea"]
    await _round(company, 6)
    await lea.types("/mentoring report", CHANNEL)
    await company.settle()
    shown = await lea.reads("matched: 6", where="dm")
    assert "held: 6" in shown.text
    assert "asked for: not shown" in shown.text
    files = {title: alt for s in lea.thread("matched: 6") for title, alt in s.files.items()}
    pictures = {title: alt for title, alt in files.items() if alt}
    assert pictures
    (sheet,) = (title for title in files if lea.downloads(title)[:4] != b"\x89PNG")
    rows = list(csv.reader(io.StringIO(lea.downloads(sheet).decode("utf-8-sig"))))
    assert any("6" in row for row in rows)
    for handle in (*MENTORS, *MENTEES):
        company[handle].never_reads("matched: 6")
    await lea.clicks("Post in the channel")
    await company.settle()
    posted = await company["na"].reads("matched: 6", where=f"#{CHANNEL}")
    assert "Post in the channel" not in posted.buttons
    assert [s for s in company["na"].thread("matched: 6") if s.files]
    await assert_all_said_once(company)


@sqlite_only
async def test_a_report_of_an_odd_length_is_answered(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "na")
    for line in ("report 0", "report 99999", "report -3", "report soon"):
        await lea.types(f"/mentoring {line}", CHANNEL)
        await company.settle()
        assert lea.screen("ephemeral") or lea.screen("dm"), line
